import { useId, useState } from 'react';
import type { Finding } from '../../api/protocol';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { plural } from '../../lib/format_number';

const max_open_findings = 2;

interface FindingsProps {
  /** Most important first. */
  findings: readonly Finding[];
  /** Undefined: nothing can be asked now. */
  onAsk: ((question: string) => void) | undefined;
}

/** What a careful look at the query and its result showed. */
export function Findings({ findings, onAsk }: FindingsProps) {
  const [unfolded, setUnfolded] = useState(false);
  const id = useId();
  if (findings.length === 0) return null;
  const more = findings.length - max_open_findings;
  return (
    <section className="findings" aria-label="Remarks on this answer">
      <ul id={id}>
        {findings.slice(0, unfolded ? undefined : max_open_findings).map((finding, index) => (
          <li key={index} className={finding.repaired ? 'finding-mended' : 'finding-open'}>
            <Icon name={finding.repaired ? 'mended' : 'warning'} size={16} />
            <div>
              <p>
                <b>{finding.repaired ? 'Mended' : 'Look out'}:</b> {finding.text}
              </p>
              {finding.offers.length > 0 && (
                <div className="finding-offers">
                  <span>Ask instead:</span>
                  {finding.offers.map(({ label, question }) => (
                    <Button
                      key={question}
                      disabled={!onAsk}
                      title={question}
                      onClick={() => onAsk?.(question)}
                    >
                      {label}
                    </Button>
                  ))}
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button
          look="quiet"
          icon={unfolded ? undefined : 'down'}
          aria-expanded={unfolded}
          aria-controls={id}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? 'Show fewer' : plural(more, 'more remark')}
        </Button>
      )}
    </section>
  );
}
