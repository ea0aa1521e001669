import { useId, useState } from 'react';
import { Button } from '../../components/button';
import { Icon, type IconName } from '../../components/icon';
import type { Judgement } from './judgement';

const icons: Record<Judgement['level'], IconName> = {
  high: 'check',
  medium: 'info',
  low: 'warning',
};

interface ConfidenceProps {
  judgement: Judgement;
  /** What speaks against the answer. */
  doubts: readonly string[];
}

/** An estimate, and said as one; what an unsure answer lacks is shown at once. */
export function Confidence({ judgement, doubts }: ConfidenceProps) {
  const { sure, level, words, odds } = judgement;
  const [open, setOpen] = useState(false);
  const id = useId();
  const shown = doubts.length > 0 && (open || !sure);
  return (
    <div className={`confidence confidence-${level}`}>
      <p className="confidence-line">
        <Icon name={icons[level]} size={16} />
        <span>
          <b>{words}</b> – {odds}
        </span>
        {sure && doubts.length > 0 && (
          <Button
            look="quiet"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            What speaks against it
          </Button>
        )}
      </p>
      {shown && (
        <ul id={id} className="confidence-doubts" aria-label="What speaks against it">
          {doubts.map((doubt) => (
            <li key={doubt}>{doubt}</li>
          ))}
        </ul>
      )}
      {!sure && (
        <p className="confidence-advice">
          Check what was looked up before you rely on it, or ask in other words.
        </p>
      )}
    </div>
  );
}
