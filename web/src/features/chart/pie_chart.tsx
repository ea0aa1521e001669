import { Cell, Pie, PieChart as Chart, Tooltip } from 'recharts';
import { useMemo } from 'react';
import type { Visualization } from '../../api/protocol';
import { sliceModel, type Slice } from './chart_model';
import { chart_height_px, TooltipBox } from './chart_parts';

interface TooltipProps {
  active?: boolean;
  payload?: readonly { payload?: Slice }[];
}

function PieTooltip({ active, payload }: TooltipProps) {
  const slice = payload?.[0]?.payload;
  if (!active || !slice) return null;
  const title = `${(slice.share * 100).toFixed(1)}%`;
  return (
    <TooltipBox
      title={title}
      lines={[{ name: slice.name, value: slice.value, colour: slice.colour }]}
    />
  );
}

/** Parts of a whole, from twelve o'clock; the names and shares are in the legend. */
export function PieChart({ chart, width }: { chart: Visualization; width: number }) {
  const slices = useMemo(() => sliceModel(chart), [chart]);
  const radius = Math.min(width, chart_height_px) / 2 - 12;
  return (
    <Chart width={width} height={chart_height_px} accessibilityLayer={false}>
      <Pie
        data={slices}
        dataKey="value"
        nameKey="name"
        outerRadius={radius}
        innerRadius={radius * 0.55}
        startAngle={90}
        endAngle={-270}
        stroke="var(--surface)"
        strokeWidth={2}
        isAnimationActive={false}
        rootTabIndex={-1}
      >
        {slices.map((slice, index) => (
          <Cell key={index} fill={slice.colour} />
        ))}
      </Pie>
      <Tooltip content={PieTooltip} isAnimationActive={false} />
    </Chart>
  );
}
