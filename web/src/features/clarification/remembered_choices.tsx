import type { Resolution } from '../../api/protocol';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { isInForce } from './readings';
import './clarification.css';

interface RememberedChoicesProps {
  /** Those that the answer was read by. */
  resolutions: readonly Resolution[];
  /** Those that the session keeps now; undefined: not known yet. */
  kept: readonly Resolution[] | undefined;
  onForget: (clarification: string) => void;
  /** The same question, without what was forgotten. Undefined: nothing can be asked now. */
  onAskAgain: (() => void) | undefined;
}

/** Earlier choices that led to this answer, to be seen and forgotten. */
export function RememberedChoices(props: RememberedChoicesProps) {
  const { resolutions, kept, onForget, onAskAgain } = props;
  if (resolutions.length === 0) return null;
  return (
    <ul className="remembered" aria-label="Your earlier choices">
      {resolutions.map((resolution) => {
        const { clarification, phrase, label } = resolution;
        const inForce = isInForce(resolution, kept);
        const subject = phrase ? <q>{phrase}</q> : 'The question';
        return (
          <li key={clarification} className="remembered-choice">
            <Icon name="tag" size={15} />
            {inForce ? (
              <span>
                {subject} means <b>{label}</b>, as you chose
              </span>
            ) : (
              <span>
                {subject} meant <b>{label}</b> here; that is forgotten
              </span>
            )}
            {inForce ? (
              <Button
                look="quiet"
                aria-label={`Forget that ${phrase || 'the question'} means ${label}`}
                onClick={() => onForget(clarification)}
              >
                Forget
              </Button>
            ) : (
              <Button look="quiet" icon="retry" disabled={!onAskAgain} onClick={onAskAgain}>
                Ask again
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
