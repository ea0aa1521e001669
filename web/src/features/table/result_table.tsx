import {
  getCoreRowModel,
  getSortedRowModel,
  useReactTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Cell, Results } from '../../api/protocol';
import { Icon } from '../../components/icon';
import { plural } from '../../lib/format_number';
import { CellDetail } from './cell_detail';
import { cellText, columnFormat, columnWidth, compareCells } from './cell_text';
import { labelOf } from './column_label';
import { useActiveCell } from './use_active_cell';
import './table.css';

const row_height_px = 36;
/** A narrow table stays narrow: the eye must find the way from a name to its number. */
const max_stretch = 1.6;
const min_table_px = 320;

interface ResultTableProps {
  results: Results;
  caption: string;
}

/** Sortable, with only the rows in sight in the page. One cell is active: arrows move it. */
export function ResultTable({ results, caption }: ResultTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<SortingState>([]);
  const { columns, rows } = results;
  const formats = useMemo(
    () => columns.map((column, index) => columnFormat(column, rows, index)),
    [columns, rows],
  );
  const widths = useMemo(
    () => formats.map((format, index) => columnWidth(format, rows, index)),
    [formats, rows],
  );
  const definitions = useMemo<ColumnDef<Cell[]>[]>(
    () =>
      columns.map((column, index) => ({
        id: String(index),
        header: column.name,
        accessorFn: (row) => row[index],
        sortDescFirst: false,
        sortingFn: (a, b) => compareCells(a.original[index], b.original[index]),
      })),
    [columns],
  );
  const table = useReactTable({
    data: rows,
    columns: definitions,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const sorted = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => row_height_px,
    overscan: 12,
  });
  const { active, activate, onKeyDown } = useActiveCell({
    rows: sorted.length,
    columns: columns.length,
    scroller,
    showRow: (row) => virtual.scrollToIndex(row),
  });

  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const activeRow = active ? sorted[active.row]?.original : undefined;

  return (
    <div className="table">
      <div
        className="table-scroll"
        ref={scroller}
        style={{ maxWidth: Math.max(min_table_px, total * max_stretch) }}
      >
        {/* A grid: its cells take the arrow keys. */}
        <table
          role="grid"
          aria-rowcount={sorted.length + 1}
          aria-colcount={columns.length}
          style={{ minWidth: total }}
          onKeyDown={onKeyDown}
          onCopy={(event) => {
            const format = active && formats[active.column];
            if (!activeRow || !format || window.getSelection()?.toString()) return;
            event.preventDefault();
            event.clipboardData.setData(
              'text/plain',
              cellText(activeRow[active.column], format).raw,
            );
          }}
        >
          <caption className="visually-hidden">
            {caption}: {plural(sorted.length, 'row')}, {plural(columns.length, 'column')}
          </caption>
          <colgroup>
            {widths.map((width, index) => (
              <col key={index} style={{ width: `${(width / total) * 100}%` }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {table.getFlatHeaders().map((header, index) => {
                const direction = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    className={formats[index]?.right ? 'table-right' : undefined}
                    aria-sort={
                      direction === 'asc'
                        ? 'ascending'
                        : direction === 'desc'
                          ? 'descending'
                          : 'none'
                    }
                  >
                    <button
                      type="button"
                      title={`Sort by ${columns[index]?.name ?? ''}`}
                      onClick={header.column.getToggleSortingHandler()}
                    >
                      <span>{columns[index] && labelOf(columns[index])}</span>
                      <i className={`table-arrow ${direction ? `table-${direction}` : ''}`}>
                        <Icon name="down" size={12} />
                      </i>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {above > 0 && (
              <tr aria-hidden="true" style={{ height: above }}>
                <td colSpan={columns.length} />
              </tr>
            )}
            {shown.map((item) => {
              const row = sorted[item.index];
              if (!row) return null;
              return (
                <tr key={item.key} aria-rowindex={item.index + 2}>
                  {formats.map((format, index) => {
                    const cell = cellText(row.original[index], format);
                    const isActive = active?.row === item.index && active.column === index;
                    const reachable = isActive || (!active && item.index === 0 && index === 0);
                    return (
                      <td
                        key={index}
                        role="gridcell"
                        aria-colindex={index + 1}
                        aria-selected={isActive}
                        tabIndex={reachable ? 0 : -1}
                        data-cell={`${item.index}:${index}`}
                        className={`table-${cell.kind} ${format.right ? 'table-right' : ''}`}
                        title={cell.raw.length > 300 ? `${cell.raw.slice(0, 300)}…` : cell.raw}
                        onFocus={() => activate(item.index, index)}
                      >
                        {cell.text.length > 400 ? `${cell.text.slice(0, 400)}…` : cell.text}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            {below > 0 && (
              <tr aria-hidden="true" style={{ height: below }}>
                <td colSpan={columns.length} />
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {active && activeRow && (
        <CellDetail
          row={activeRow}
          rowNumber={active.row + 1}
          column={active.column}
          formats={formats}
        />
      )}
    </div>
  );
}
