import { LinkedText } from './linked_text';
import type { Marks } from './use_marks';

/** The question, its words tied to the explanation's parts. REQUIRES: the marks are of this text. */
export function MarkedQuestion({ text, marks }: { text: string; marks: Marks }) {
  const plain = marks.pieces.every((piece) => piece.parts.length === 0 && !piece.unused);
  if (plain) return <>{text}</>;
  return (
    <LinkedText
      label="Your words"
      marks={marks}
      pieces={marks.pieces.map((piece, index) => ({
        text: piece.text,
        mark: piece.parts.length > 0 ? { side: 'question', index } : undefined,
        lit: marks.lit.pieces.has(index),
        unused: piece.unused,
      }))}
    />
  );
}
