import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { useMemo } from 'react';
import type { Visualization } from '../../api/protocol';
import { cartesianTooltip } from './cartesian_tooltip';
import { cartesianModel } from './chart_model';
import { axis_line, axisTitle, chart_height_px, compact, grid, margin, tick } from './chart_parts';

/** Line, lines, area: a measure along time or an ordered number. A missing value is a gap. */
export function RunningChart({ chart, width }: { chart: Visualization; width: number }) {
  const model = useMemo(() => cartesianModel(chart), [chart]);
  const isCategory = model.axis === 'category';
  const common = {
    type: 'linear' as const,
    strokeWidth: 2,
    connectNulls: false,
    isAnimationActive: false,
    activeDot: { r: 4 },
  };
  return (
    <ComposedChart
      width={width}
      height={chart_height_px}
      data={model.rows}
      margin={{ ...margin, bottom: model.xLabel ? 18 : 4 }}
      accessibilityLayer={false}
    >
      <CartesianGrid {...grid} />
      <XAxis
        dataKey="x"
        type={isCategory ? 'category' : 'number'}
        scale={model.axis === 'time' ? 'time' : 'auto'}
        domain={isCategory ? undefined : ['dataMin', 'dataMax']}
        tickFormatter={model.formatX}
        tick={tick}
        tickLine={false}
        axisLine={axis_line}
        minTickGap={36}
        padding={{ left: 8, right: 8 }}
        label={axisTitle(model.xLabel, 'x')}
      />
      <YAxis
        tick={tick}
        tickLine={false}
        axisLine={false}
        tickFormatter={compact}
        domain={model.zeroBased ? [(low: number) => Math.min(0, low), 'auto'] : ['auto', 'auto']}
        width={64}
        label={axisTitle(model.yLabel, 'y')}
      />
      <Tooltip content={cartesianTooltip(model)} isAnimationActive={false} />
      {model.series.map((series) => {
        const dot = model.marked
          ? { r: 3, strokeWidth: 0, fill: series.colour, fillOpacity: 1 }
          : false;
        return model.kind === 'area' ? (
          <Area
            key={series.key}
            {...common}
            dataKey={series.key}
            name={series.name}
            stroke={series.colour}
            fill={series.colour}
            fillOpacity={0.16}
            dot={dot}
          />
        ) : (
          <Line
            key={series.key}
            {...common}
            dataKey={series.key}
            name={series.name}
            stroke={series.colour}
            dot={dot}
          />
        );
      })}
    </ComposedChart>
  );
}
