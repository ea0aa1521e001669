import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { formatDuration } from '../../lib/format_number';
import { SqlView } from '../sql/sql_view';
import { elapsed, phases, type LiveTurn } from './live_turn';

const tick_ms = 100;

function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick_ms);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function headline(live: LiveTurn): string {
  if (live.stopping) return 'Stopping…';
  if (live.queuePosition !== undefined) {
    return live.queuePosition === 1
      ? 'Waiting: next in line'
      : `Waiting: number ${live.queuePosition} in line`;
  }
  return live.message || 'Starting…';
}

interface RunningCardProps {
  live: LiveTurn;
  connected: boolean;
  onStop: () => void;
}

export function RunningCard({ live, connected, onStop }: RunningCardProps) {
  const now = useClock();
  const current = phases.findIndex((entry) => entry.phase === live.phase);
  const draft = live.tokens.join('');
  return (
    <div className="card running">
      <div className="running-head">
        <p className="running-message">{headline(live)}</p>
        <span className="running-time">
          {formatDuration(Math.floor(elapsed(live, now) / 100) * 100)}
        </span>
        <Button
          icon="stop"
          disabled={!connected || live.stopping}
          onClick={onStop}
          title="Stop (Esc)"
        >
          Stop
        </Button>
      </div>
      <div
        className="running-bar"
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(live.percent)}
        aria-valuetext={`${Math.round(live.percent)}%, ${headline(live)}`}
      >
        <i style={{ width: `${live.percent}%` }} />
      </div>
      <ol className="running-phases" aria-hidden="true">
        {phases.map((entry, index) => (
          <li
            key={entry.phase}
            className={index < current ? 'done' : index === current ? 'current' : ''}
          >
            {entry.name}
          </li>
        ))}
      </ol>
      {draft && (
        <div className="running-draft">
          <SqlView sql={draft} small />
        </div>
      )}
    </div>
  );
}
