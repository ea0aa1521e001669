import type { AxisRow, CartesianModel } from './chart_model';
import { TooltipBox } from './chart_parts';

interface TooltipProps {
  active?: boolean;
  payload?: readonly { payload?: AxisRow }[];
}

/** Every series at the place under the pointer. */
export function cartesianTooltip(model: CartesianModel) {
  return function CartesianTooltip({ active, payload }: TooltipProps) {
    const row = payload?.[0]?.payload;
    if (!active || !row) return null;
    const lines = model.series.map((series) => {
      const value = row[series.key];
      return {
        name: series.name,
        colour: series.colour,
        value: typeof value === 'number' ? value : null,
      };
    });
    return <TooltipBox title={row.label} lines={lines} />;
  };
}
