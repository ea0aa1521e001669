import { CartesianGrid, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { useMemo } from 'react';
import type { Visualization } from '../../api/protocol';
import { formatAlone } from '../../lib/format_number';
import { scatterModel } from './chart_model';
import {
  axis_line,
  axisTitle,
  chart_height_px,
  compact,
  grid,
  margin,
  tick,
  TooltipBox,
} from './chart_parts';

interface TooltipProps {
  active?: boolean;
  payload?: readonly { payload?: { x: number; y: number } }[];
}

/** Two measures against each other. */
export function ScatterPlot({ chart, width }: { chart: Visualization; width: number }) {
  const model = useMemo(() => scatterModel(chart), [chart]);
  const domain = (zero: boolean): [(low: number) => number, 'auto'] | ['auto', 'auto'] =>
    zero ? [(low: number) => Math.min(0, low), 'auto'] : ['auto', 'auto'];
  function PointTooltip({ active, payload }: TooltipProps) {
    const point = payload?.[0]?.payload;
    if (!active || !point) return null;
    const title = `${model.xLabel || 'x'}: ${formatAlone(point.x)}`;
    const colour = model.series[0]?.colour ?? '';
    return (
      <TooltipBox title={title} lines={[{ name: model.yLabel || 'y', value: point.y, colour }]} />
    );
  }
  return (
    <ScatterChart
      width={width}
      height={chart_height_px}
      margin={{ ...margin, bottom: 18 }}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke={grid.stroke} />
      <XAxis
        dataKey="x"
        type="number"
        domain={['auto', 'auto']}
        tick={tick}
        tickLine={false}
        axisLine={axis_line}
        tickFormatter={compact}
        label={axisTitle(model.xLabel, 'x')}
      />
      <YAxis
        dataKey="y"
        type="number"
        domain={domain(model.zeroBased)}
        tick={tick}
        tickLine={false}
        axisLine={false}
        tickFormatter={compact}
        width={64}
        label={axisTitle(model.yLabel, 'y')}
      />
      <Tooltip content={PointTooltip} isAnimationActive={false} cursor={false} />
      {model.series.map((series) => (
        <Scatter
          key={series.key}
          data={series.points}
          name={series.name}
          fill={series.colour}
          fillOpacity={0.7}
          isAnimationActive={false}
        />
      ))}
    </ScatterChart>
  );
}
