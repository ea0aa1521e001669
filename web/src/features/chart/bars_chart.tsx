import { Bar, BarChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { useMemo } from 'react';
import type { Visualization } from '../../api/protocol';
import { cartesianTooltip } from './cartesian_tooltip';
import { cartesianModel, nameWidth, shorten, valueDomain } from './chart_model';
import { axis_line, axisTitle, chart_height_px, compact, grid, margin, tick } from './chart_parts';

const bar_row_px = 30;
const tilt_label_px = 64;

/** Every kind of bars. Bars begin at zero: their length is the value. */
export function BarsChart({ chart, width }: { chart: Visualization; width: number }) {
  const model = useMemo(() => cartesianModel(chart), [chart]);
  const lying = model.kind === 'horizontal_bar';
  const stacked = model.kind === 'stacked_bar';
  const histogram = model.kind === 'histogram';
  const names = nameWidth(model.rows, width);
  const perBar = model.kind === 'grouped_bar' ? Math.max(1, model.series.length) * 0.7 : 1;
  const height = lying
    ? Math.max(160, model.rows.length * bar_row_px * perBar + 56)
    : chart_height_px;
  const room = (width - 80) / Math.max(1, model.rows.length);
  const longest = model.rows.reduce((length, row) => Math.max(length, row.label.length), 0);
  const tilted = !lying && longest * 7.4 + 6 > room && room < tilt_label_px * 2;
  const categories = {
    dataKey: 'x',
    type: 'category' as const,
    tick,
    tickLine: false,
    axisLine: axis_line,
  };
  const values = {
    type: 'number' as const,
    tick,
    tickLine: false,
    axisLine: false,
    tickFormatter: compact,
    domain: valueDomain(chart),
  };
  const label = (characters: number) => (x: number | string) =>
    shorten(model.formatX(x), characters);
  return (
    <BarChart
      width={width}
      height={height}
      data={model.rows}
      layout={lying ? 'vertical' : 'horizontal'}
      margin={{ ...margin, bottom: tilted ? 8 : lying || model.xLabel ? 18 : 4 }}
      barCategoryGap={histogram ? 1 : '22%'}
      barGap={2}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke={grid.stroke} vertical={lying} horizontal={!lying} />
      {lying ? (
        <>
          <XAxis {...values} label={axisTitle(model.yLabel, 'x')} />
          <YAxis
            {...categories}
            width={names}
            tickFormatter={label(Math.floor((names - 12) / 6.6))}
            interval={0}
          />
        </>
      ) : (
        <>
          <XAxis
            {...categories}
            tickFormatter={label(tilted ? 14 : Math.max(6, Math.floor(room / 6.2)))}
            interval={histogram || model.rows.length > 24 ? 'preserveStartEnd' : 0}
            angle={tilted ? -38 : 0}
            textAnchor={tilted ? 'end' : 'middle'}
            height={tilted ? tilt_label_px + 10 : 34}
            label={tilted ? undefined : axisTitle(model.xLabel, 'x')}
          />
          <YAxis {...values} width={64} label={axisTitle(model.yLabel, 'y')} />
        </>
      )}
      <Tooltip
        content={cartesianTooltip(model)}
        cursor={{ fill: 'var(--hover)', opacity: 0.6 }}
        isAnimationActive={false}
      />
      {lying ? (
        <ReferenceLine x={0} stroke="var(--line-strong)" />
      ) : (
        <ReferenceLine y={0} stroke="var(--line-strong)" />
      )}
      {model.series.map((series) => (
        <Bar
          key={series.key}
          dataKey={series.key}
          name={series.name}
          fill={series.colour}
          maxBarSize={histogram ? 400 : 56}
          isAnimationActive={false}
          radius={stacked ? 0 : lying ? [0, 3, 3, 0] : [3, 3, 0, 0]}
          {...(stacked ? { stackId: 'all' } : {})}
        />
      ))}
    </BarChart>
  );
}
