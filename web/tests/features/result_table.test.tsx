import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Results } from '../../src/api/protocol';
import { ResultTable } from '../../src/features/table/result_table';
import { moveCell } from '../../src/features/table/use_active_cell';

function results(count: number): Results {
  return {
    columns: [
      { name: 'id', type: 'number', key: true },
      { name: 'amount', type: 'number' },
    ],
    rows: Array.from({ length: count }, (_, index) => [index, (index * 7919) % count]),
    truncated: false,
  };
}

const cells = () => screen.getAllByRole('gridcell').map((cell) => cell.textContent);

test('of 100 000 rows only those in sight are in the page', () => {
  render(<ResultTable results={results(100_000)} caption="Items" />);
  const grid = screen.getByRole('grid', { name: /Items: 100,000 rows, 2 columns/ });
  expect(grid.getAttribute('aria-rowcount')).toBe('100001');
  expect(grid.querySelectorAll('tbody tr').length).toBeLessThan(60);
});

test('sorts by a column, up, down and not at all', async () => {
  render(
    <ResultTable
      results={{
        ...results(0),
        rows: [
          [1, 30],
          [2, null],
          [3, 4],
        ],
      }}
      caption="t"
    />,
  );
  const header = screen.getByRole('button', { name: 'amount' });
  await userEvent.click(header);
  expect(cells()).toEqual(['3', '4', '1', '30', '2', 'NULL']);
  expect(screen.getByRole('columnheader', { name: 'amount' }).getAttribute('aria-sort')).toBe(
    'ascending',
  );
  await userEvent.click(header);
  expect(cells()).toEqual(['2', 'NULL', '1', '30', '3', '4']);
  await userEvent.click(header);
  expect(cells()).toEqual(['1', '30', '2', 'NULL', '3', '4']);
});

test('arrows go from cell to cell, and the whole text is there to read', () => {
  const long = 'x'.repeat(900);
  const data: Results = {
    columns: [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text' },
    ],
    rows: [
      ['1', '2'],
      ['3', long],
    ],
    truncated: false,
  };
  const { container } = render(<ResultTable results={data} caption="t" />);
  const first = screen.getAllByRole('gridcell')[0]!;
  expect(first.tabIndex).toBe(0);
  act(() => first.focus());
  fireEvent.keyDown(first, { key: 'End', ctrlKey: true });
  expect(document.activeElement?.getAttribute('data-cell')).toBe('1:1');
  expect(container.querySelector('.cell-detail-value')?.textContent).toBe(long);
  expect(screen.getAllByRole('gridcell').filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
});

test('moves stay inside the table', () => {
  const grid = { rows: 3, columns: 2 };
  const corner = { row: 2, column: 1 };
  for (const key of ['ArrowDown', 'ArrowRight', 'PageDown', 'End']) {
    expect(moveCell(corner, key, false, grid)).toEqual(corner);
  }
  expect(moveCell(corner, 'Home', true, grid)).toEqual({ row: 0, column: 0 });
  expect(moveCell(corner, 'a', false, grid)).toBeUndefined();
});
