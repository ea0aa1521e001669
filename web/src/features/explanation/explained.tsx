import type { Explanation } from '../../api/protocol';
import { LinkedText } from './linked_text';
import { unusedWords } from './question_marks';
import type { Marks } from './use_marks';

interface ExplainedProps {
  explanation: Explanation;
  marks: Marks;
}

/** What was calculated, in words; pointing at a part of it shows what in the question led to it. */
export function Explained({ explanation, marks }: ExplainedProps) {
  const { text } = explanation;
  if (text === '') return null;
  const linked = new Set(marks.pieces.flatMap((piece) => piece.parts));
  const unused = unusedWords(marks.pieces);
  return (
    <div className="explained">
      <p className="explained-text">
        <span className="explained-label">What was looked up: </span>
        {linked.size === 0 ? (
          text
        ) : (
          <LinkedText
            label="What was looked up"
            marks={marks}
            pieces={marks.parts.map((part, index) => ({
              text: part.text,
              mark: linked.has(index) ? { side: 'explanation', index } : undefined,
              lit: marks.lit.parts.has(index),
              unused: false,
            }))}
          />
        )}
      </p>
      {unused.length > 0 && (
        <p className="explained-unused">
          Not used:{' '}
          {unused.map((word, index) => (
            <span key={index}>
              {index > 0 && ', '}
              <span className="linked-unused">{word}</span>
            </span>
          ))}
        </p>
      )}
      <p className="visually-hidden" aria-live="polite">
        {marks.words}
      </p>
    </div>
  );
}
