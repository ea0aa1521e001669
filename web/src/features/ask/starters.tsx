interface StartersProps {
  questions: readonly string[];
  onAsk: (question: string) => void;
  disabled: boolean;
}

const max_starters = 6;

/** Questions that this database can answer, to begin with. */
export function Starters({ questions, onAsk, disabled }: StartersProps) {
  if (questions.length === 0) return null;
  return (
    <section className="starters" aria-label="Questions to begin with">
      <h2>To begin with</h2>
      <ul>
        {questions.slice(0, max_starters).map((question) => (
          <li key={question}>
            <button type="button" disabled={disabled} onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
