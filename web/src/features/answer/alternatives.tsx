import type { Verification } from '../../api/protocol';
import { Button } from '../../components/button';
import { SqlView } from '../sql/sql_view';

type Candidate = Verification['candidates'][number];

const outcomes: Record<Candidate['state'], string> = {
  rows: 'returned rows',
  empty: 'returned nothing',
  failed: 'did not run',
  too_slow: 'too slow to try',
  not_tried: 'not tried',
};

interface AlternativesProps {
  candidates: readonly Candidate[];
  /** The language model's name, if one was asked: who wrote what is only said then. */
  model: string | undefined;
  onRun: ((sql: string) => void) | undefined;
}

/** What else was considered, best first. */
export function Alternatives({ candidates, model, onRun }: AlternativesProps) {
  return (
    <ol className="alternatives">
      {candidates.map((candidate, index) => (
        <li key={index}>
          <SqlView sql={candidate.sql} small />
          <div className="alternatives-foot">
            <span>
              {model && `${candidate.written_by === 'model' ? model : 'built-in parser'} · `}
              {outcomes[candidate.state]}
            </span>
            {candidate.state !== 'failed' && (
              <Button
                look="quiet"
                icon="run"
                disabled={!onRun}
                onClick={() => onRun?.(candidate.sql)}
              >
                Run this one
              </Button>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
