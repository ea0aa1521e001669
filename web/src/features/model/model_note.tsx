import type { ModelStatus } from '../../api/protocol';
import './model.css';

const policies: Record<ModelStatus['policy'], string> = {
  fast: 'It is asked where the built-in parser is unsure.',
  careful: 'It and the built-in parser are both asked, and compared.',
  model: 'It is asked first; the built-in parser answers where it fails.',
};

const states: Record<Exclude<ModelStatus['state'], 'none'>, string> = {
  not_started: 'starts at need',
  starting: 'loading…',
  ready: 'ready',
  failed: 'not running',
};

/** Who answers here, and whether the language model is there. */
export function ModelNote({ status }: { status: ModelStatus | undefined }) {
  if (!status) return null;
  if (status.state === 'none') {
    return (
      <p className="model-note" title="A language model can be added: idi model --help">
        Built-in parser
      </p>
    );
  }
  return (
    <div className={`model-note model-${status.state}`} role="status">
      <p title={policies[status.policy]}>
        <i aria-hidden="true" />
        <span className="model-name">{status.name ?? 'Language model'}</span>
        <span className="model-state">{states[status.state]}</span>
      </p>
      {status.state === 'failed' && (
        <p className="model-why">The built-in parser answers alone. {status.why}</p>
      )}
    </div>
  );
}
