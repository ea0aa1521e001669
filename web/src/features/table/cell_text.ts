// What a cell of a result looks like: pure, decided per column from its type, name and values.
import type { Cell, ResultColumn } from '../../api/protocol';
import {
  formatBytes,
  formatInteger,
  formatNumber,
  numberStyle,
  type NumberStyle,
} from '../../lib/format_number';
import { formatIso } from '../../lib/format_time';
import { isYear, labelOf, looksLikeKey } from './column_label';

export type CellKind = 'text' | 'number' | 'time' | 'boolean' | 'null' | 'blob';

export interface CellText {
  kind: CellKind;
  /** As shown. */
  text: string;
  /** As the database has it: for hovering, copying and reading in full. */
  raw: string;
}

export interface ColumnFormat {
  column: ResultColumn;
  right: boolean;
  number: NumberStyle;
}

const sampled_rows = 1_000;

export function columnFormat(
  column: ResultColumn,
  rows: readonly (readonly Cell[])[],
  index: number,
): ColumnFormat {
  const numbers: number[] = [];
  let others = 0;
  const count = Math.min(rows.length, sampled_rows);
  for (let i = 0; i < count; ++i) {
    const cell = rows[i]?.[index];
    if (typeof cell === 'number') numbers.push(cell);
    else if (typeof cell === 'string') others += 1;
  }
  const key = column.key ?? looksLikeKey(column.name);
  const grouping = !key && !isYear(column.name, numbers);
  const right =
    column.type === 'number' || (column.type === 'other' && others === 0 && numbers.length > 0);
  return { column, right, number: numberStyle(numbers, grouping) };
}

export function cellText(cell: Cell | undefined, format: ColumnFormat): CellText {
  if (cell === null || cell === undefined) return { kind: 'null', text: 'NULL', raw: 'NULL' };
  if (typeof cell === 'number') {
    if (format.column.type === 'boolean' && (cell === 0 || cell === 1)) {
      return { kind: 'boolean', text: cell === 1 ? 'yes' : 'no', raw: String(cell) };
    }
    if (format.column.type === 'text' || format.column.type === 'time') {
      return { kind: 'number', text: String(cell), raw: String(cell) };
    }
    return { kind: 'number', text: formatNumber(cell, format.number), raw: String(cell) };
  }
  if (typeof cell === 'string') {
    if (format.column.type === 'time') return { kind: 'time', text: formatIso(cell), raw: cell };
    return { kind: 'text', text: cell, raw: cell };
  }
  if ('integer' in cell) {
    const text = formatInteger(cell.integer, format.number.grouping);
    return { kind: 'number', text, raw: cell.integer };
  }
  if ('real' in cell) {
    const text = { inf: '∞', '-inf': '−∞', nan: 'not a number' }[cell.real];
    return { kind: 'number', text, raw: cell.real };
  }
  const text = `binary, ${formatBytes(cell.blob_bytes)}`;
  return { kind: 'blob', text, raw: text };
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function rank(cell: Cell | undefined): number {
  if (cell === null || cell === undefined) return 3;
  if (typeof cell === 'string') return 1;
  return typeof cell === 'object' && 'blob_bytes' in cell ? 2 : 0;
}

function amount(cell: Cell): number | bigint {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'object' || cell === null) return 0;
  if ('integer' in cell) return BigInt(cell.integer);
  if ('real' in cell) return { inf: Infinity, '-inf': -Infinity, nan: -Infinity }[cell.real];
  return 0;
}

/** Numbers before texts before blobs; NULL last. Integers of any length compare exactly. */
export function compareCells(a: Cell | undefined, b: Cell | undefined): number {
  const byRank = rank(a) - rank(b);
  if (byRank !== 0 || a === undefined || b === undefined) return byRank;
  if (typeof a === 'string' && typeof b === 'string') return order.compare(a, b);
  if (rank(a) === 0) {
    const left = amount(a);
    const right = amount(b);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (
    typeof a === 'object' &&
    a &&
    'blob_bytes' in a &&
    typeof b === 'object' &&
    b &&
    'blob_bytes' in b
  ) {
    return a.blob_bytes - b.blob_bytes;
  }
  return 0;
}

const min_width_px = 72;
const max_width_px = 340;
// A long name is cut rather than that it pushes numbers off a phone's edge.
const max_name_px = 130;

/** Wide enough for the name and for what its first rows show, within bounds. */
export function columnWidth(
  format: ColumnFormat,
  rows: readonly (readonly Cell[])[],
  index: number,
): number {
  const character_px = 8.2;
  let longest = 0;
  const count = Math.min(rows.length, 200);
  for (let i = 0; i < count; ++i) {
    longest = Math.max(longest, cellText(rows[i]?.[index], format).text.length);
  }
  const wanted = Math.max(
    longest * character_px + 28,
    Math.min(labelOf(format.column).length * character_px + 46, max_name_px),
  );
  return Math.round(Math.min(max_width_px, Math.max(min_width_px, wanted)));
}

/** A row as spreadsheets take it from the clipboard. */
export function rowAsText(row: readonly Cell[], formats: readonly ColumnFormat[]): string {
  return formats
    .map((format, index) => {
      const cell = row[index];
      if (cell === null || cell === undefined) return '';
      return cellText(cell, format).raw.replace(/[\t\r\n]+/g, ' ');
    })
    .join('\t');
}
