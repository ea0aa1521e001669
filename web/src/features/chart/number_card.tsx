import type { ResultColumn, Visualization } from '../../api/protocol';
import { formatAlone, formatInteger } from '../../lib/format_number';
import { formatIso } from '../../lib/format_time';
import { cellText, columnFormat } from '../table/cell_text';
import { labelOf } from '../table/column_label';

export function numberText(chart: Visualization, column: ResultColumn | undefined): string {
  const { value } = chart;
  if (value === null || value === undefined) return 'NULL';
  if (column) {
    const format = columnFormat(column, [[value]], 0);
    if (typeof value === 'number' && format.number.grouping) return formatAlone(value);
    return cellText(value, format).text;
  }
  if (typeof value === 'number') return formatAlone(value);
  if (typeof value === 'string') return formatIso(value);
  return 'integer' in value ? formatInteger(value.integer, true) : '';
}

export function NumberCard({
  chart,
  column,
}: {
  chart: Visualization;
  column: ResultColumn | undefined;
}) {
  return (
    <p className="number-card">
      <span className="number-card-value">{numberText(chart, column)}</span>
      <span className="number-card-name">{column ? labelOf(column) : (chart.y_label ?? '')}</span>
    </p>
  );
}
