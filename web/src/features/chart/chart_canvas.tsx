// What draws, in a chunk of its own with the drawing library: it comes with the first chart.
import type { Visualization } from '../../api/protocol';
import { BarsChart } from './bars_chart';
import { isRunning } from './chart_model';
import { PieChart } from './pie_chart';
import { RunningChart } from './running_chart';
import { ScatterPlot } from './scatter_plot';

export default function ChartCanvas({ chart, width }: { chart: Visualization; width: number }) {
  if (chart.kind === 'pie') return <PieChart chart={chart} width={width} />;
  if (chart.kind === 'scatter') return <ScatterPlot chart={chart} width={width} />;
  if (isRunning(chart.kind)) return <RunningChart chart={chart} width={width} />;
  return <BarsChart chart={chart} width={width} />;
}
