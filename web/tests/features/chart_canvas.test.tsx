import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ChartKind, Visualization } from '../../src/api/protocol';
import ChartCanvas from '../../src/features/chart/chart_canvas';
import { pictureOf } from '../../src/features/chart/chart_file';
import { isDrawn, kind_names, legendOf } from '../../src/features/chart/chart_model';

const hostile = '<img src=x onerror="alert(1)">';
const drawn_kinds = (Object.keys(kind_names) as ChartKind[]).filter(
  (kind) => isDrawn(kind) && kind !== 'number',
);

function chartOf(kind: ChartKind): Visualization {
  return {
    kind,
    title: hostile,
    reason: 'r',
    chosen_by: 'rules',
    available: [kind],
    x_scale: 'category',
    x_label: hostile,
    y_label: hostile,
    labels: [hostile, 'b', ''],
    series: [
      { name: hostile, values: [1, null, 3] },
      { name: 'other', values: [-2, 4, null] },
    ],
    points: [
      {
        name: hostile,
        points: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
  };
}

test.each(drawn_kinds)('%s is drawn, and its names are text', (kind) => {
  const { container } = render(<ChartCanvas chart={chartOf(kind)} width={600} />);
  expect(container.querySelector('svg.recharts-surface')).not.toBeNull();
  expect(
    container.querySelector(
      '.recharts-bar, .recharts-line, .recharts-area, .recharts-pie, .recharts-scatter',
    ),
  ).not.toBeNull();
  expect(container.querySelector('img, [onerror]')).toBeNull();
});

test.each(drawn_kinds)('%s without anything in it is drawn too', (kind) => {
  const bare: Visualization = { kind, title: '', reason: '', chosen_by: 'user', available: [] };
  const { container } = render(<ChartCanvas chart={bare} width={300} />);
  expect(container.querySelector('svg')).not.toBeNull();
});

test('a picture stands alone, and is well-formed whatever the names are', () => {
  const chart = chartOf('bar');
  const { container } = render(<ChartCanvas chart={chart} width={600} />);
  container.style.setProperty('--surface', '#123456');
  container.style.setProperty('--chart-1', '#abcdef');
  const svg = container.querySelector<SVGSVGElement>('svg.recharts-surface')!;
  const picture = pictureOf(svg, chart.title, legendOf(chart), container);
  // Read back, never shown.
  // eslint-disable-next-line no-restricted-syntax
  const read = new DOMParser().parseFromString(picture.svg, 'image/svg+xml');
  expect(read.querySelector('parsererror')).toBeNull();
  expect(read.querySelector('img, [onerror], [class], [style]')).toBeNull();
  expect(read.querySelector('title')?.textContent).toBe(hostile);
  expect(picture.svg).toContain('#123456');
  expect(picture.svg).toContain('#abcdef');
  expect(picture.width).toBe(640);
});
