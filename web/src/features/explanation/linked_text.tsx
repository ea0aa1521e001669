import { Fragment, useRef, useState, type KeyboardEvent } from 'react';
import type { Mark } from './question_marks';
import type { Marks } from './use_marks';
import './explanation.css';

export interface TextPiece {
  text: string;
  /** Undefined: nothing on the other side belongs to it. */
  mark: Mark | undefined;
  lit: boolean;
  unused: boolean;
}

interface LinkedTextProps {
  label: string;
  pieces: readonly TextPiece[];
  marks: Marks;
}

/** Blanks and commas belong to nothing. */
const words_within = /^([\s,;]*)(.*?)([\s,;]*)$/s;
const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** One stop of the Tab key; the arrow keys go from piece to piece. */
export function LinkedText({ label, pieces, marks }: LinkedTextProps) {
  const root = useRef<HTMLSpanElement>(null);
  const [stop, setStop] = useState(0);
  let count = 0;

  function onKeyDown(event: KeyboardEvent) {
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[data-mark]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const step = steps[event.key];
    const next =
      event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : step ? at + step : -1;
    if (at < 0 || next < 0 || next >= items.length) return;
    event.preventDefault();
    items[next]?.focus();
  }

  return (
    // The keys are those of the pieces inside, which have the role.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <span ref={root} className="linked" aria-label={label} role="group" onKeyDown={onKeyDown}>
      {pieces.map(({ text, mark, lit, unused }, index) => {
        if (!mark) {
          return unused ? (
            <span key={index} className="linked-unused" title="This led to nothing">
              {text}
            </span>
          ) : (
            <span key={index}>{text}</span>
          );
        }
        const own = count++;
        const [, before = '', words = '', after = ''] = words_within.exec(text) ?? [];
        const events = marks.events(mark);
        return (
          <Fragment key={index}>
            {before}
            <span
              role="button"
              data-mark={mark.side}
              className={`linked-piece ${lit ? 'linked-lit' : ''}`}
              tabIndex={own === stop ? 0 : -1}
              aria-pressed={marks.kept?.side === mark.side && marks.kept.index === mark.index}
              {...events}
              onFocus={(event) => {
                setStop(own);
                events.onFocus?.(event);
              }}
            >
              {words}
            </span>
            {after}
          </Fragment>
        );
      })}
    </span>
  );
}
