// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell, ResultColumn } from '../../src/api/protocol';
import {
  cellText,
  columnFormat,
  compareCells,
  rowAsText,
} from '../../src/features/table/cell_text';
import { isYear, labelOf } from '../../src/features/table/column_label';

function shown(column: Partial<ResultColumn>, ...cells: Cell[]): string[] {
  const whole: ResultColumn = { name: 'c', type: 'number', ...column };
  const rows = cells.map((cell) => [cell]);
  const format = columnFormat(whole, rows, 0);
  return cells.map((cell) => cellText(cell, format).text);
}

test('quantities are grouped; keys and years are not', () => {
  expect(shown({ name: 'sales' }, 1234, 5)).toEqual(['1,234', '5']);
  expect(shown({ name: 'id', key: true }, 1234)).toEqual(['1234']);
  expect(shown({ name: 'order_id' }, 1234)).toEqual(['1234']);
  expect(shown({ name: 'paid' }, 1234)).toEqual(['1,234']);
  expect(shown({ name: 'order_year' }, 2023, 1999)).toEqual(['2023', '1999']);
  expect(shown({ name: 'years_of_service' }, 20_230)).toEqual(['20,230']);
  expect(isYear('year', [2023, 2023.5])).toBe(false);
  expect(isYear('yearly_total', [2023])).toBe(false);
  expect(isYear("CAST(STRFTIME('%Y', d) AS INTEGER)", [2023])).toBe(true);
});

test('every kind of cell is shown as what it is', () => {
  expect(
    shown({}, null, { integer: '9223372036854775807' }, { blob_bytes: 3 }, { real: '-inf' }),
  ).toEqual(['NULL', '9,223,372,036,854,775,807', 'binary, 3 bytes', '−∞']);
  expect(shown({ type: 'boolean' }, 1, 0, 2)).toEqual(['yes', 'no', '2']);
  expect(shown({ type: 'time' }, '2023-01-05', 'soon')).toEqual(['5 Jan 2023', 'soon']);
  expect(shown({ type: 'text' }, 'NULL', '<b>', 1234)).toEqual(['NULL', '<b>', '1234']);
});

test('NULL and the text NULL are told apart', () => {
  const format = columnFormat({ name: 'c', type: 'text' }, [], 0);
  expect(cellText(null, format).kind).toBe('null');
  expect(cellText('NULL', format).kind).toBe('text');
});

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string(),
  fc.bigInt().map((value) => ({ integer: String(value) })),
  fc.nat().map((blob_bytes) => ({ blob_bytes })),
  fc.constantFrom<Cell>({ real: 'inf' }, { real: '-inf' }),
);

test('sorting is an order: it can be turned round, and chained', () => {
  fc.assert(
    fc.property(anyCell, anyCell, anyCell, (a, b, c) => {
      expect(Math.sign(compareCells(a, b))).toBe(-Math.sign(compareCells(b, a)) + 0);
      if (compareCells(a, b) <= 0 && compareCells(b, c) <= 0) {
        expect(compareCells(a, c)).toBeLessThanOrEqual(0);
      }
    }),
  );
});

test('integers beyond 2^53 sort exactly; NULL comes last', () => {
  const cells: Cell[] = [
    null,
    { integer: '9007199254740993' },
    { integer: '9007199254740992' },
    'b',
    2,
  ];
  expect([...cells].sort(compareCells)).toEqual([cells[4], cells[2], cells[1], 'b', null]);
});

test('a copied row is one line of a spreadsheet', () => {
  const row: Cell[] = ['a\tb\nc', null, 1234.5];
  const formats = row.map((_, index) => columnFormat({ name: 'c', type: 'number' }, [row], index));
  expect(rowAsText(row, formats)).toBe('a b c\t\t1234.5');
});

test('a column is called as the server says, or as it is', () => {
  expect(labelOf({ name: 'customer_id', type: 'text' })).toBe('customer_id');
  expect(labelOf({ name: 'COUNT(*)', type: 'number', label: 'number of orders' })).toBe(
    'number of orders',
  );
});
