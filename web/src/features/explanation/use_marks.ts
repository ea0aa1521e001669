// What is pointed at in a question and its explanation.
//
//   nothing -[pointer over, keyboard focus]-> shown -[pointer away, blur]-> nothing
//   any -[click, tap, Enter, Space]-> kept -[the same again, Escape, a tap elsewhere]-> nothing
import { useEffect, useMemo, useState, type HTMLAttributes } from 'react';
import type { Explanation } from '../../api/protocol';
import {
  linkInWords,
  litBy,
  questionPieces,
  type LinkedPart,
  type Lit,
  type Mark,
  type Piece,
} from './question_marks';

export interface Marks {
  pieces: readonly Piece[];
  parts: readonly LinkedPart[];
  lit: Lit;
  /** Clicked: stays when the pointer leaves. */
  kept: Mark | undefined;
  /** What is shown now, in words; empty: nothing is. */
  words: string;
  events: (mark: Mark) => HTMLAttributes<HTMLElement>;
}

const no_parts: readonly LinkedPart[] = [];
const selector = '[data-mark]';

function same(a: Mark | undefined, b: Mark): boolean {
  return a?.side === b.side && a.index === b.index;
}

export function useMarks(question: string, explanation: Explanation | undefined): Marks {
  const [shown, setShown] = useState<Mark | undefined>(undefined);
  const [kept, setKept] = useState<Mark | undefined>(undefined);
  const parts = explanation?.parts ?? no_parts;
  const unused = explanation?.unused_words;
  const pieces = useMemo(
    () => questionPieces(question, parts, unused ?? []),
    [question, parts, unused],
  );

  useEffect(() => {
    if (!kept) return;
    function onPointerDown(event: PointerEvent) {
      if (!(event.target instanceof Element) || !event.target.closest(selector)) setKept(undefined);
    }
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [kept]);

  function toggle(mark: Mark) {
    const again = same(kept, mark);
    setKept(again ? undefined : mark);
    setShown(again ? undefined : mark);
  }

  const active = kept ?? shown;
  return {
    pieces,
    parts,
    lit: litBy(active, pieces),
    kept,
    words: linkInWords(active, pieces, parts),
    events: (mark) => ({
      onPointerEnter: (event) => {
        if (event.pointerType === 'mouse') setShown(mark);
      },
      onPointerLeave: () => setShown(undefined),
      onFocus: (event) => {
        if (event.currentTarget.matches(':focus-visible')) setShown(mark);
      },
      onBlur: () => setShown(undefined),
      onClick: () => toggle(mark),
      onKeyDown: (event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          toggle(mark);
        } else if (event.key === 'Escape' && active) {
          event.preventDefault();
          setKept(undefined);
          setShown(undefined);
        }
      },
    }),
  };
}
