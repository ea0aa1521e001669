import { useState } from 'react';
import type { ChartChoice, ResultColumn, Visualization } from '../../api/protocol';
import { Button } from '../../components/button';
import { labelOf } from '../table/column_label';

interface ChartAxesProps {
  chart: Visualization;
  columns: readonly ResultColumn[];
  onChoose: (choice: ChartChoice) => void;
}

/** Which column goes where. The server says whether it can be shown so. */
export function ChartAxes({ chart, columns, onChoose }: ChartAxesProps) {
  const [x, setX] = useState(chart.x_column ?? -1);
  const [y, setY] = useState<number[]>(chart.y_columns ?? []);
  const [series, setSeries] = useState(chart.series_column ?? -1);
  function apply() {
    const choice: ChartChoice = { kind: chart.kind };
    if (x >= 0) choice.x = x;
    if (y.length > 0) choice.y = y;
    if (series >= 0) choice.series = series;
    onChoose(choice);
  }
  function toggle(index: number) {
    setY((before) =>
      before.includes(index) ? before.filter((other) => other !== index) : [...before, index],
    );
  }
  return (
    <div className="chart-axes">
      <label className="field">
        Along
        <select value={x} onChange={(event) => setX(Number(event.target.value))}>
          {x < 0 && <option value={-1}>chosen automatically</option>}
          {columns.map((column, index) => (
            <option key={index} value={index}>
              {labelOf(column)}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="chart-measures">
        <legend>Measures</legend>
        {columns.map((column, index) =>
          column.type === 'number' || y.includes(index) ? (
            <label key={index}>
              <input type="checkbox" checked={y.includes(index)} onChange={() => toggle(index)} />
              {labelOf(column)}
            </label>
          ) : null,
        )}
      </fieldset>
      <label className="field">
        One series per
        <select value={series} onChange={(event) => setSeries(Number(event.target.value))}>
          <option value={-1}>nothing</option>
          {columns.map((column, index) => (
            <option key={index} value={index}>
              {labelOf(column)}
            </option>
          ))}
        </select>
      </label>
      <Button look="primary" onClick={apply}>
        Show
      </Button>
    </div>
  );
}
