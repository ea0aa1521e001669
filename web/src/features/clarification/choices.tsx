import { useRef, type KeyboardEvent } from 'react';
import type { Clarification } from '../../api/protocol';
import { Icon } from '../../components/icon';
import './clarification.css';

interface ChoicesProps {
  options: Clarification['options'];
  labelledBy: string;
  /** The option chosen before, or the one that the answer was read by. */
  current: string | undefined;
  /** Undefined: nothing can be asked now. */
  onChoose: ((option: string) => void) | undefined;
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** Large buttons, one below the other: the arrow keys go from one to the next, 1 to 5 choose. */
export function Choices({ options, labelledBy, current, onChoose }: ChoicesProps) {
  const root = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const numbered = options[Number(event.key) - 1];
    if (numbered) {
      event.preventDefault();
      onChoose?.(numbered.id);
      return;
    }
    const buttons = [...(root.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = steps[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }

  return (
    // The keys are those of the buttons inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={root}
      className="choices"
      role="group"
      aria-labelledby={labelledBy}
      onKeyDown={onKeyDown}
    >
      {options.map(({ id, label, detail }, index) => (
        <button
          key={id}
          type="button"
          className="choice"
          aria-pressed={id === current}
          // Not `disabled`: that would take the focus away in the middle of choosing.
          aria-disabled={!onChoose}
          aria-keyshortcuts={String(index + 1)}
          onClick={() => onChoose?.(id)}
        >
          <kbd aria-hidden="true">{index + 1}</kbd>
          <span className="choice-text">
            <span className="choice-label">{label}</span>
            {detail && <span className="choice-detail">{detail}</span>}
          </span>
          {id === current && <Icon name="check" size={18} />}
        </button>
      ))}
    </div>
  );
}
