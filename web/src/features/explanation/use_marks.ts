// What is pointed at in a question and its explanation.
//
//   nothing -[pointer over, keyboard focus]-> shown -[pointer away, blur]-> nothing
//   any -[click, tap, Enter, Space]-> kept -[the same again, Escape, a tap elsewhere]-> nothing
import { useEffect, useMemo, useState, type HTMLAttributes } from 'react';
import type { Explanation, TextRange } from '../../api/protocol';
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

const nothing_linked: Pick<Marks, 'pieces' | 'parts'> = { pieces: [], parts: [] };
const selector = '[data-mark]';

function same(a: Mark | undefined, b: Mark): boolean {
  return a?.side === b.side && a.index === b.index;
}

/** Where a question is shown, and where in it the explanation's ranges lie. */
export interface MarkedText {
  text: string;
  place: (range: TextRange) => TextRange;
}

export function useMarks(
  question: MarkedText | undefined,
  explanation: Explanation | undefined,
): Marks {
  const [shown, setShown] = useState<Mark | undefined>(undefined);
  const [kept, setKept] = useState<Mark | undefined>(undefined);
  const given = explanation?.parts;
  const unused = explanation?.unused_words;
  const { pieces, parts } = useMemo(() => {
    if (!question) return nothing_linked;
    const { text, place } = question;
    const placed = (given ?? []).map((part) => ({ text: part.text, words: part.words.map(place) }));
    return { parts: placed, pieces: questionPieces(text, placed, (unused ?? []).map(place)) };
  }, [question, given, unused]);

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
