import type { Cell } from '../../api/protocol';
import { CopyButton } from '../../components/copy_button';
import { cellText, rowAsText, type ColumnFormat } from './cell_text';
import { labelOf } from './column_label';

interface CellDetailProps {
  row: readonly Cell[];
  rowNumber: number;
  column: number;
  formats: readonly ColumnFormat[];
}

/** The active cell in full, where the table had to cut it. */
export function CellDetail({ row, rowNumber, column, formats }: CellDetailProps) {
  const format = formats[column];
  if (!format) return null;
  const cell = cellText(row[column], format);
  return (
    <div className="cell-detail">
      <div className="cell-detail-text">
        <span className="cell-detail-name">
          {labelOf(format.column)}, row {rowNumber.toLocaleString('en')}
        </span>
        <span className={`cell-detail-value table-${cell.kind}`}>{cell.raw}</span>
      </div>
      <CopyButton text={cell.kind === 'null' ? '' : cell.raw} label="Copy cell" />
      <CopyButton text={rowAsText(row, formats)} label="Copy row" />
    </div>
  );
}
