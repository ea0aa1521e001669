import './answer.css';

export interface ConfidenceLevel {
  level: 'high' | 'medium' | 'low';
  words: string;
  meaning: string;
}

/** In words (and never as certainty), with what to do about it. It is the writer's own estimate, and said to be. */
export function confidenceLevel(confidence: number): ConfidenceLevel {
  if (confidence >= 0.8) {
    return {
      level: 'high',
      words: 'High confidence',
      meaning: 'Its own estimate that the SQL answers the question; still an estimate.',
    };
  }
  if (confidence >= 0.5) {
    return {
      level: 'medium',
      words: 'Medium confidence',
      meaning: 'Another reading of the question was close. Check what it is based on.',
    };
  }
  return {
    level: 'low',
    words: 'Low confidence',
    meaning: 'More a guess than an answer. Check the SQL, or ask in other words.',
  };
}

export function Confidence({ confidence }: { confidence: number }) {
  const { level, words, meaning } = confidenceLevel(confidence);
  return (
    <span className={`confidence confidence-${level}`} title={meaning}>
      <i aria-hidden="true" />
      {words} <b>{Math.min(99, Math.round(confidence * 100))}%</b>
      <span className="visually-hidden">. {meaning}</span>
    </span>
  );
}
