import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';

export interface ActiveCell {
  row: number;
  column: number;
}

interface Grid {
  rows: number;
  columns: number;
  scroller: RefObject<HTMLDivElement | null>;
  showRow: (row: number) => void;
}

const page_rows = 10;

export function moveCell(
  at: ActiveCell,
  key: string,
  control: boolean,
  grid: { rows: number; columns: number },
) {
  const last = { row: grid.rows - 1, column: grid.columns - 1 };
  switch (key) {
    case 'ArrowDown':
      return { ...at, row: Math.min(last.row, at.row + 1) };
    case 'ArrowUp':
      return { ...at, row: Math.max(0, at.row - 1) };
    case 'ArrowRight':
      return { ...at, column: Math.min(last.column, at.column + 1) };
    case 'ArrowLeft':
      return { ...at, column: Math.max(0, at.column - 1) };
    case 'PageDown':
      return { ...at, row: Math.min(last.row, at.row + page_rows) };
    case 'PageUp':
      return { ...at, row: Math.max(0, at.row - page_rows) };
    case 'Home':
      return control ? { row: 0, column: 0 } : { ...at, column: 0 };
    case 'End':
      return control ? last : { ...at, column: last.column };
    default:
      return undefined;
  }
}

/** The active cell has the focus; moving it scrolls its row into the page first. */
export function useActiveCell(grid: Grid) {
  const [active, setActive] = useState<ActiveCell | undefined>(undefined);
  const wanted = useRef<ActiveCell | undefined>(undefined);

  useEffect(() => {
    const target = wanted.current;
    if (!target) return;
    const cell = grid.scroller.current?.querySelector<HTMLElement>(
      `[data-cell="${target.row}:${target.column}"]`,
    );
    if (!cell) return; // The next drawing has it.
    wanted.current = undefined;
    cell.focus({ preventScroll: false });
  });

  const activate = useCallback((row: number, column: number) => {
    setActive((before) =>
      before?.row === row && before.column === column ? before : { row, column },
    );
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const isCell =
      event.target instanceof HTMLElement && event.target.dataset['cell'] !== undefined;
    if (!active || !isCell) return;
    const next = moveCell(active, event.key, event.ctrlKey || event.metaKey, grid);
    if (!next) return;
    event.preventDefault();
    wanted.current = next;
    setActive(next);
    grid.showRow(next.row);
  }
  return { active, activate, onKeyDown };
}
