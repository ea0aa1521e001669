// @vitest-environment node
import { expect, test } from 'vitest';
import type { Visualization } from '../../src/api/protocol';
import { legendRows } from '../../src/features/chart/chart_file';
import {
  cartesianModel,
  describeChart,
  legendOf,
  scatterModel,
  shorten,
  sliceModel,
  valueDomain,
} from '../../src/features/chart/chart_model';

function chart(given: Partial<Visualization>): Visualization {
  return { kind: 'line', title: 't', reason: 'r', chosen_by: 'rules', available: [], ...given };
}

test('time stands where it belongs along the axis, and a missing value is a gap', () => {
  const model = cartesianModel(
    chart({
      x_scale: 'time',
      labels: ['2023-03-01', '2023-01-01', '2023-01-02'],
      series: [{ name: 'sales', values: [3, 1, null] }],
    }),
  );
  expect(model.axis).toBe('time');
  expect(model.rows.map((row) => row.label)).toEqual(['1 Jan 2023', '2 Jan 2023', '1 Mar 2023']);
  expect(model.rows.map((row) => row['s0'])).toEqual([1, null, 3]);
});

test('labels that are no dates, or are there twice, fall back to categories', () => {
  const values = [{ name: 's', values: [1, 2] }];
  const odd = cartesianModel(chart({ x_scale: 'time', labels: ['Q1', 'Q2'], series: values }));
  expect(odd.axis).toBe('category');
  const twice = cartesianModel(chart({ x_scale: 'linear', labels: ['1', '1'], series: values }));
  expect(twice.axis).toBe('category');
  expect(twice.rows.map((row) => row.x)).toEqual([0, 1]);
});

test('names from the data cannot be mistaken for parts of a row', () => {
  const model = cartesianModel(
    chart({ labels: ['__proto__', ''], series: [{ name: 'x', values: [1, 2] }] }),
  );
  expect(model.rows).toEqual([
    { x: 0, label: '__proto__', s0: 1 },
    { x: 1, label: '(empty)', s0: 2 },
  ]);
});

test('bars reach to zero', () => {
  const of = (...values: (number | null)[]) =>
    valueDomain(chart({ kind: 'bar', series: [{ name: 's', values }] }));
  expect(of(1, 2)).toEqual([0, 'auto']);
  expect(of(-1, null, 2)).toEqual(['auto', 'auto']);
  expect(of(-1, -2)).toEqual(['auto', 0]);
});

test('slices are shares of a whole', () => {
  const pie = chart({
    kind: 'pie',
    labels: ['a', 'b', 'c', 'd'],
    series: [{ name: 's', values: [3, 1, null, -2] }],
  });
  expect(sliceModel(pie).map(({ name, share }) => [name, share])).toEqual([
    ['a', 0.75],
    ['b', 0.25],
  ]);
  expect(legendOf(pie).map((entry) => entry.name)).toEqual(['a (75.0%)', 'b (25.0%)']);
});

test('one series needs no legend, several have one colour each', () => {
  const one = [{ name: 'a', values: [1] }];
  expect(legendOf(chart({ labels: ['x'], series: one }))).toEqual([]);
  const many = legendOf(chart({ labels: ['x'], series: [...one, { name: 'b', values: [2] }] }));
  expect(new Set(many.map((entry) => entry.colour)).size).toBe(2);
});

test('points of a scatter, and words for those who do not see it', () => {
  const plot = chart({
    kind: 'scatter',
    x_label: 'price',
    y_label: 'units',
    points: [
      {
        name: 'p',
        points: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
  });
  expect(scatterModel(plot).series[0]?.points).toEqual([
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ]);
  expect(describeChart(plot)).toContain('price and units');
  expect(describeChart(plot)).toContain('2 points');
});

test('long names are shortened, legends broken into rows', () => {
  expect(shorten('abcdef', 4)).toBe('abc…');
  const entry = { name: 'x'.repeat(20), colour: 'red' };
  expect(legendRows([entry, entry, entry], 400).map((row) => row.length)).toEqual([2, 1]);
});
