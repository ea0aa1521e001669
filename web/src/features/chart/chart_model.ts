// From the server's Visualization to what is drawn: pure, no drawing library.
import type { ChartKind, Visualization } from '../../api/protocol';
import { formatAlone } from '../../lib/format_number';
import { formatIso, formatTick, isoToTime } from '../../lib/format_time';

export const series_colours = 8;
export const seriesColour = (index: number) => `var(--chart-${(index % series_colours) + 1})`;

export interface SeriesModel {
  key: string;
  name: string;
  colour: string;
}

export interface AxisRow {
  /** A number on a time or linear axis, else the label. */
  x: number | string;
  label: string;
  [series: string]: number | string | null;
}

export interface CartesianModel {
  kind: ChartKind;
  axis: 'time' | 'linear' | 'category';
  rows: AxisRow[];
  series: SeriesModel[];
  zeroBased: boolean;
  /** Few enough points to mark each one; a point between two gaps is seen only so. */
  marked: boolean;
  xLabel: string;
  yLabel: string;
  formatX: (x: number | string) => string;
}

export interface Slice {
  name: string;
  value: number;
  share: number;
  colour: string;
}

export interface ScatterModel {
  series: (SeriesModel & { points: { x: number; y: number }[] })[];
  xLabel: string;
  yLabel: string;
  zeroBased: boolean;
}

export const kind_names: Record<ChartKind, string> = {
  none: 'Nothing',
  table: 'Table only',
  number: 'Number',
  line: 'Line',
  multi_line: 'Lines',
  area: 'Area',
  bar: 'Bars',
  horizontal_bar: 'Horizontal bars',
  stacked_bar: 'Stacked bars',
  grouped_bar: 'Grouped bars',
  pie: 'Pie',
  scatter: 'Scatter',
  histogram: 'Histogram',
};

export function isDrawn(kind: ChartKind): boolean {
  return kind !== 'none' && kind !== 'table';
}

const running_kinds: ReadonlySet<ChartKind> = new Set<ChartKind>(['line', 'multi_line', 'area']);
const bar_kinds: ReadonlySet<ChartKind> = new Set<ChartKind>([
  'bar',
  'horizontal_bar',
  'stacked_bar',
  'grouped_bar',
  'histogram',
]);
export const isRunning = (kind: ChartKind) => running_kinds.has(kind);
export const isBars = (kind: ChartKind) => bar_kinds.has(kind);

function positions(chart: Visualization, labels: readonly string[]): number[] | undefined {
  if (!isRunning(chart.kind) || labels.length === 0) return undefined;
  const read =
    chart.x_scale === 'time'
      ? isoToTime
      : chart.x_scale === 'linear'
        ? (text: string) => (text.trim() === '' ? NaN : Number(text))
        : undefined;
  if (!read) return undefined;
  const values = labels.map(read);
  const usable = values.every((value) => value !== undefined && Number.isFinite(value));
  // Two values at one place would draw a line back on itself.
  if (!usable || new Set(values).size !== values.length) return undefined;
  return values as number[];
}

export function cartesianModel(chart: Visualization): CartesianModel {
  const labels = chart.labels ?? [];
  const places = positions(chart, labels);
  const isTime = chart.x_scale === 'time';
  const series = (chart.series ?? []).map((entry, index) => ({
    key: `s${index}`,
    name: entry.name || chart.y_label || 'value',
    colour: seriesColour(index),
  }));
  const rows = labels.map((label, row) => {
    const shown = isTime ? formatIso(label) : label === '' ? '(empty)' : label;
    // Two groups of one name stay two: the place along x is the key of a category.
    const out: AxisRow = { x: places?.[row] ?? row, label: shown };
    (chart.series ?? []).forEach((entry, index) => {
      out[`s${index}`] = entry.values[row] ?? null;
    });
    return out;
  });
  if (places) rows.sort((a, b) => Number(a.x) - Number(b.x));
  const span = places ? Math.max(...places) - Math.min(...places) : 0;
  return {
    kind: chart.kind,
    axis: places ? (isTime ? 'time' : 'linear') : 'category',
    rows,
    series,
    zeroBased: chart.zero_based ?? isBars(chart.kind),
    marked: rows.length <= 40,
    xLabel: chart.x_label ?? '',
    yLabel: chart.y_label ?? '',
    formatX: (x) => {
      if (!places) return rows[Number(x)]?.label ?? '';
      return isTime ? formatTick(Number(x), span) : formatAlone(Number(x));
    },
  };
}

/** Only what can be part of a whole: positive values of the first series. */
export function sliceModel(chart: Visualization): Slice[] {
  const values = chart.series?.[0]?.values ?? [];
  const total = values.reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0);
  return (chart.labels ?? []).flatMap((label, index) => {
    const value = values[index];
    if (value === null || value === undefined || value <= 0) return [];
    const name = label === '' ? '(empty)' : label;
    return [{ name, value, share: value / total, colour: seriesColour(index) }];
  });
}

export function scatterModel(chart: Visualization): ScatterModel {
  return {
    series: (chart.points ?? []).map((entry, index) => ({
      key: `s${index}`,
      name: entry.name,
      colour: seriesColour(index),
      points: entry.points.map(([x, y]) => ({ x, y })),
    })),
    xLabel: chart.x_label ?? '',
    yLabel: chart.y_label ?? '',
    zeroBased: chart.zero_based ?? false,
  };
}

export interface LegendEntry {
  name: string;
  colour: string;
}

/** One series needs no legend: the title and the axis name it. */
export function legendOf(chart: Visualization): LegendEntry[] {
  if (chart.kind === 'pie') {
    return sliceModel(chart).map((slice) => ({
      name: `${slice.name} (${(slice.share * 100).toFixed(1)}%)`,
      colour: slice.colour,
    }));
  }
  const entries =
    chart.kind === 'scatter' ? scatterModel(chart).series : cartesianModel(chart).series;
  return entries.length < 2 ? [] : entries.map(({ name, colour }) => ({ name, colour }));
}

/** For those who do not see it; the data is in the table below. */
export function describeChart(chart: Visualization): string {
  const count =
    chart.kind === 'scatter'
      ? (chart.points ?? []).reduce((sum, entry) => sum + entry.points.length, 0)
      : (chart.labels ?? []).length;
  const axes = [chart.x_label, chart.y_label].filter(Boolean).join(' and ');
  const of = axes ? ` of ${axes}` : '';
  return `${kind_names[chart.kind]} chart${of}: ${chart.title}. ${count} ${count === 1 ? 'point' : 'points'}; the table below has the data.`;
}

const name_width_px = 7;

/** Room for the names beside horizontal bars. */
export function nameWidth(rows: readonly AxisRow[], available: number): number {
  const longest = rows.reduce((width, row) => Math.max(width, row.label.length), 0);
  return Math.round(Math.min(longest * name_width_px + 16, Math.max(80, available * 0.38)));
}

export function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, Math.max(1, characters - 1))}…`;
}

/** Bars always reach to zero, from whichever side. */
export function valueDomain(chart: Visualization): [number | 'auto', number | 'auto'] {
  const values = (chart.series ?? []).flatMap((entry) => entry.values.map((value) => value ?? 0));
  const below = values.some((value) => value < 0);
  const above = values.some((value) => value > 0);
  if (below) return ['auto', above ? 'auto' : 0];
  return [0, 'auto'];
}
