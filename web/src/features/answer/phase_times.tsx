import type { Answer, ModelTimings } from '../../api/protocol';
import { formatDuration } from '../../lib/format_number';

const names: Record<keyof Answer['phase_ms'], string> = {
  understanding: 'Understanding',
  context: 'Context',
  generating: 'Writing SQL',
  verifying: 'Verifying',
  executing: 'Running',
  visualizing: 'Charting',
};

/** "412 tokens read (380 known already), 31 written" */
function modelWork(timings: ModelTimings): string {
  const known = timings.cached_tokens > 0 ? ` (${timings.cached_tokens} known already)` : '';
  const waited = timings.wait_ms >= 1 ? `waited ${formatDuration(timings.wait_ms)}, ` : '';
  return (
    `${waited}first word after ${formatDuration(timings.first_text_ms)}; ` +
    `${timings.prompt_tokens} tokens read${known} in ${formatDuration(timings.prompt_ms)}, ` +
    `${timings.generated_tokens} written in ${formatDuration(timings.generation_ms)}`
  );
}

export function PhaseTimes({ answer }: { answer: Answer }) {
  const { authorship } = answer;
  const phases = (Object.keys(names) as (keyof Answer['phase_ms'])[])
    .map((phase, index) => ({ name: names[phase], ms: answer.phase_ms[phase] ?? 0, index }))
    .filter((phase) => phase.ms > 0);
  const total = phases.reduce((sum, phase) => sum + phase.ms, 0);
  return (
    <div className="phase-times">
      <div className="phase-times-bar" aria-hidden="true">
        {phases.map((phase) => (
          <i
            key={phase.name}
            style={{
              width: `${(phase.ms / total) * 100}%`,
              background: `var(--chart-${phase.index + 1})`,
            }}
          />
        ))}
      </div>
      <ul>
        {phases.map((phase) => (
          <li key={phase.name}>
            <i style={{ background: `var(--chart-${phase.index + 1})` }} />
            {phase.name} <b>{formatDuration(phase.ms)}</b>
          </li>
        ))}
      </ul>
      {authorship?.timings && (
        <p className="model-times">
          {authorship.model ?? 'Language model'}: {modelWork(authorship.timings)}
        </p>
      )}
    </div>
  );
}
