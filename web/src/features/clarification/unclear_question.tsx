import type { TextRange } from '../../api/protocol';
import './clarification.css';

interface UnclearQuestionProps {
  text: string;
  /** Undefined: the question as a whole is unclear. */
  phrase: TextRange | undefined;
}

/** The question, with the words that can be read in several ways. */
export function UnclearQuestion({ text, phrase }: UnclearQuestionProps) {
  if (!phrase || phrase.begin >= phrase.end || phrase.end > text.length) return <>{text}</>;
  return (
    <>
      {text.slice(0, phrase.begin)}
      <mark className="unclear" title="This can be read in several ways">
        {text.slice(phrase.begin, phrase.end)}
      </mark>
      {text.slice(phrase.end)}
    </>
  );
}
