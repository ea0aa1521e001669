import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { Icon } from '../../components/icon';
import { pastQuestions, rememberQuestion } from './question_history';
import './ask.css';

export interface QuestionBoxHandle {
  focus: () => void;
  /** At the caret, with blanks around it. */
  insert: (text: string) => void;
}

interface QuestionBoxProps {
  ref?: Ref<QuestionBoxHandle>;
  asked: readonly string[];
  /** Why nothing can be asked now; undefined: ask. */
  obstacle: string | undefined;
  running: boolean;
  placeholder: string;
  onAsk: (question: string) => void;
  onStop: () => void;
}

const max_question_length = 4000;

export function QuestionBox(props: QuestionBoxProps) {
  const { ref, asked, obstacle, running, placeholder, onAsk, onStop } = props;
  const [text, setText] = useState('');
  const [recalled, setRecalled] = useState<{ list: string[]; at: number } | undefined>(undefined);
  const [waits, setWaits] = useState(false); // Entered too early: asked when nothing is in the way.
  const area = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();

  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert(name) {
      const box = area.current;
      const from = box?.selectionStart ?? text.length;
      const to = box?.selectionEnd ?? text.length;
      const before = text.slice(0, from);
      const after = text.slice(to);
      const left = before === '' || /\s$/.test(before) ? '' : ' ';
      const right = after === '' || !/^\s/.test(after) ? ' ' : '';
      const caret = before.length + left.length + name.length + right.length;
      setText(before + left + name + right + after);
      setRecalled(undefined);
      requestAnimationFrame(() => {
        box?.focus();
        box?.setSelectionRange(caret, caret);
      });
    },
  }));

  useEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
  }, [text, obstacle]);

  const usable = obstacle === undefined && text.trim() !== '';
  function ask() {
    if (!usable) {
      setWaits(!running && text.trim() !== '');
      return;
    }
    setWaits(false);
    const question = text.trim();
    rememberQuestion(question);
    setText('');
    setRecalled(undefined);
    onAsk(question);
  }

  useEffect(() => {
    if (waits && usable) ask();
  });

  function recall(step: number): boolean {
    const list = recalled?.list ?? pastQuestions(asked);
    const at = (recalled?.at ?? -1) + step;
    if (at >= list.length || at < -1) return false;
    setText(at === -1 ? '' : (list[at] ?? ''));
    setRecalled(at === -1 ? undefined : { list, at });
    return true;
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      ask();
      return;
    }
    const free = text === '' || recalled !== undefined;
    if (free && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      if (recall(event.key === 'ArrowUp' ? 1 : -1)) event.preventDefault();
    }
  }

  return (
    <form
      className="question-box"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <textarea
        ref={area}
        rows={1}
        value={text}
        maxLength={max_question_length}
        placeholder={placeholder}
        aria-label="Your question"
        aria-describedby={noteId}
        onChange={(event) => {
          setText(event.target.value);
          setRecalled(undefined);
          setWaits(false);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="question-foot">
        <span id={noteId} className="question-note">
          {waits && 'Your question is asked as soon as it can be. '}
          {obstacle ?? (
            <>
              <kbd>Enter</kbd> asks <kbd>Shift+Enter</kbd> new line <kbd>↑</kbd> earlier
            </>
          )}
        </span>
        {running ? (
          <button
            type="button"
            className="question-send question-stop"
            aria-label="Stop the question"
            title="Stop (Esc)"
            onClick={onStop}
          >
            <Icon name="stop" />
          </button>
        ) : (
          <button
            type="submit"
            className="question-send"
            disabled={!usable}
            aria-label="Ask"
            title={obstacle ?? 'Ask (Enter)'}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
    </form>
  );
}
