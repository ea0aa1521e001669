interface StartersProps {
  title?: string;
  label?: string;
  questions: readonly string[];
  onAsk: (question: string) => void;
  disabled: boolean;
}

const max_starters = 6;

/** Questions that this database can answer, to begin with. */
export function Starters(props: StartersProps) {
  const {
    title = 'To begin with',
    label = 'Questions to begin with',
    questions,
    onAsk,
    disabled,
  } = props;
  if (questions.length === 0) return null;
  return (
    <section className="starters" aria-label={label}>
      <p>{title}</p>
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
