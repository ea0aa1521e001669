import { useEffect, useId, useRef, useState } from 'react';
import type { Clarification } from '../../api/protocol';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { isTyping, useHotkey } from '../../lib/use_hotkey';
import { Choices } from './choices';

interface ClarificationCardProps {
  card: Clarification;
  /** The option that was chosen, also while that is on its way. */
  chosen: string | undefined;
  /** Answered with a choice, whichever it was. */
  settled: boolean;
  /** It came just now, to someone who waits for it. */
  arrived: boolean;
  /** The keys 1 to 5 are meant for this card, wherever the focus is. */
  hotkeys: boolean;
  /** Undefined: nothing can be asked now. */
  onChoose: ((option: string) => void) | undefined;
  onLikeliest: (() => void) | undefined;
  onReword: () => void;
}

const digits = ['1', '2', '3', '4', '5'];

/** Whoever writes the next question already must not lose the box. */
function isBusyWriting(): boolean {
  const active = document.activeElement;
  return isTyping(active) && (active as HTMLInputElement | HTMLTextAreaElement).value !== '';
}

/** IDI asks back: what is unclear, and what may be meant. */
export function ClarificationCard(props: ClarificationCardProps) {
  const { card, chosen, settled, arrived, hotkeys, onChoose, onLikeliest, onReword } = props;
  const [reopened, setReopened] = useState(false);
  const root = useRef<HTMLElement>(null);
  const titleId = useId();
  const open = !settled || reopened;

  useEffect(() => {
    if (!arrived || isBusyWriting()) return;
    root.current?.querySelector<HTMLElement>('.choice')?.focus({ preventScroll: true });
  }, [arrived]);

  function choose(option: string) {
    setReopened(false);
    root.current?.focus({ preventScroll: true });
    onChoose?.(option);
  }

  useHotkey({ key: digits }, (event) => {
    const option = card.options[Number(event.key) - 1];
    if (!hotkeys || !open || !option || !onChoose) return;
    event.preventDefault();
    choose(option.id);
  });

  const label = card.options.find((option) => option.id === chosen)?.label;
  return (
    <section
      ref={root}
      className={`card clarification ${open ? '' : 'clarification-settled'}`}
      aria-labelledby={titleId}
      tabIndex={-1}
    >
      <p id={titleId} className="clarification-title">
        <Icon name="help" size={20} />
        <span>{card.text}</span>
      </p>
      {open ? (
        <>
          <Choices
            options={card.options}
            labelledBy={titleId}
            current={chosen}
            onChoose={onChoose && choose}
          />
          <div className="clarification-foot">
            <Button look="quiet" icon="edit" onClick={onReword}>
              None of these – I’ll ask differently
            </Button>
            {reopened ? (
              <Button look="quiet" onClick={() => setReopened(false)}>
                Leave it
              </Button>
            ) : (
              <Button look="quiet" icon="run" disabled={!onLikeliest} onClick={onLikeliest}>
                Show the likeliest
              </Button>
            )}
          </div>
        </>
      ) : (
        <p className="clarification-chosen" role="status">
          <Icon name="check" size={16} />
          <span>You chose {label ? <b>{label}</b> : 'one of these'}.</span>
          <Button look="quiet" onClick={() => setReopened(true)}>
            Change
          </Button>
        </p>
      )}
    </section>
  );
}
