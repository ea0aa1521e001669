// Which words of the question led to which part of the explanation, as pieces of text to show. Pure.
import type { ExplanationPart, TextRange } from '../../api/protocol';

export type LinkedPart = Pick<ExplanationPart, 'text' | 'words'>;

/** What is pointed at: a part of the explanation, or a piece of the question. */
export interface Mark {
  side: 'explanation' | 'question';
  index: number;
}

export interface Piece {
  text: string;
  /** The parts of the explanation that these words led to, ascending. */
  parts: readonly number[];
  /** A word with a meaning of its own that led to nothing. */
  unused: boolean;
}

function usable(range: TextRange, length: number): boolean {
  return range.begin >= 0 && range.begin < range.end && range.end <= length;
}

const blank = /^\s*$/;

function sameParts(a: Piece, b: Piece): boolean {
  return a.parts.length === b.parts.length && a.parts.every((part, n) => part === b.parts[n]);
}

/** The texts joined are the question; words with a blank between that led to the same are one piece. */
export function questionPieces(
  question: string,
  parts: readonly LinkedPart[],
  unused: readonly TextRange[],
): Piece[] {
  const ranges = [...parts.flatMap((part) => part.words), ...unused].filter((range) =>
    usable(range, question.length),
  );
  const cuts = new Set([0, question.length, ...ranges.flatMap(({ begin, end }) => [begin, end])]);
  const sorted = [...cuts].sort((a, b) => a - b);
  const covers = (range: TextRange, begin: number, end: number) =>
    usable(range, question.length) && range.begin <= begin && end <= range.end;
  const pieces: Piece[] = [];
  sorted.slice(1).forEach((end, n) => {
    const begin = sorted[n] ?? 0;
    const led = parts.flatMap((part, index) =>
      part.words.some((range) => covers(range, begin, end)) ? [index] : [],
    );
    pieces.push({
      text: question.slice(begin, end),
      parts: led,
      unused: led.length === 0 && unused.some((range) => covers(range, begin, end)),
    });
  });
  return pieces.reduce<Piece[]>((joined, piece) => {
    const gap = joined.at(-1);
    const before = joined.at(-2);
    if (gap && gap.unused === piece.unused && sameParts(gap, piece)) {
      joined[joined.length - 1] = { ...gap, text: gap.text + piece.text };
    } else if (
      gap &&
      before &&
      blank.test(gap.text) &&
      gap.parts.length === 0 &&
      piece.unused === before.unused &&
      (piece.unused || piece.parts.length > 0) &&
      sameParts(before, piece)
    ) {
      joined.splice(-2, 2, { ...piece, text: before.text + gap.text + piece.text });
    } else {
      joined.push(piece);
    }
    return joined;
  }, []);
}

export interface Lit {
  parts: ReadonlySet<number>;
  pieces: ReadonlySet<number>;
}

export const nothing_lit: Lit = { parts: new Set(), pieces: new Set() };

/** What belongs to what is pointed at, itself included. */
export function litBy(mark: Mark | undefined, pieces: readonly Piece[]): Lit {
  if (!mark) return nothing_lit;
  if (mark.side === 'question') {
    return { parts: new Set(pieces[mark.index]?.parts ?? []), pieces: new Set([mark.index]) };
  }
  const led = pieces.flatMap((piece, index) => (piece.parts.includes(mark.index) ? [index] : []));
  return { parts: new Set([mark.index]), pieces: new Set(led) };
}

const quoted = (texts: readonly string[]) =>
  texts.map((text) => `“${text.replace(/^[\s,;]+|[\s,;]+$/g, '')}”`).join(', ');

/** For those who do not see the colours. */
export function linkInWords(
  mark: Mark | undefined,
  pieces: readonly Piece[],
  parts: readonly LinkedPart[],
): string {
  if (!mark) return '';
  const lit = litBy(mark, pieces);
  if (mark.side === 'question') {
    return `Led to ${quoted([...lit.parts].map((index) => parts[index]?.text ?? ''))}.`;
  }
  return `From ${quoted([...lit.pieces].map((index) => pieces[index]?.text ?? ''))}.`;
}

/** The words that led to nothing. */
export function unusedWords(pieces: readonly Piece[]): string[] {
  return pieces.filter((piece) => piece.unused).map((piece) => piece.text.trim());
}
