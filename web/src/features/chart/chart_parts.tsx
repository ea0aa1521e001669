// Axes, grid and tooltip, the same in every chart.
import { formatAlone, formatCompact } from '../../lib/format_number';

export const chart_height_px = 300;

export const tick = { fill: 'var(--muted)', fontSize: 12 };
export const axis_line = { stroke: 'var(--line-strong)' };
export const grid = { stroke: 'var(--chart-grid)', vertical: false } as const;
export const margin = { top: 8, right: 16, bottom: 4, left: 4 };

export const compact = (value: unknown) => (typeof value === 'number' ? formatCompact(value) : '');

export function axisTitle(text: string, place: 'x' | 'y') {
  if (!text) return undefined;
  const common = { value: text, fill: 'var(--muted)', fontSize: 12 };
  return place === 'x'
    ? { ...common, position: 'insideBottom' as const, offset: -2 }
    : {
        ...common,
        angle: -90,
        position: 'insideLeft' as const,
        style: { textAnchor: 'middle' as const },
      };
}

export interface TooltipLine {
  name: string;
  value: number | null;
  colour: string;
}

export function TooltipBox({ title, lines }: { title: string; lines: readonly TooltipLine[] }) {
  return (
    <div className="chart-tooltip">
      {title && <strong>{title}</strong>}
      {lines.map((line, index) => (
        <div key={index} className="chart-tooltip-line">
          <i style={{ background: line.colour }} />
          <span>{line.name}</span>
          <b>{line.value === null ? 'NULL' : formatAlone(line.value)}</b>
        </div>
      ))}
    </div>
  );
}
