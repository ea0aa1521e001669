// @vitest-environment node
import { expect, test } from 'vitest';
import {
  formatAlone,
  formatBytes,
  formatCompact,
  formatDuration,
  formatInteger,
  formatNumber,
  numberStyle,
  plural,
} from '../../src/lib/format_number';
import { formatIso, formatTick, isoToTime, timeGroup } from '../../src/lib/format_time';
import { fileName } from '../../src/lib/save_file';

test('a column shows one number of decimals', () => {
  const style = numberStyle([1, 2.5, 1234.25], true);
  expect([1, 2.5, 1234.25, -7].map((value) => formatNumber(value, style))).toEqual([
    '1.00',
    '2.50',
    '1,234.25',
    '−7.00',
  ]);
  expect(formatNumber(1e6, numberStyle([1e6, 3], true))).toBe('1,000,000');
  expect(formatNumber(10_000, numberStyle([10_000], false))).toBe('10000');
});

test('small and huge numbers are never shown as zero or as noise', () => {
  const style = numberStyle([100.123456, 5], true);
  expect(formatNumber(0.0004, style)).toBe('0.0004');
  expect(formatNumber(0, style)).toBe('0.00');
  expect(formatNumber(1.5e20, style)).toBe('150000000000000000000');
  expect(formatNumber(Infinity, style)).toBe('∞');
});

test('integers beyond 2^53 keep every digit', () => {
  expect(formatInteger('9223372036854775807', true)).toBe('9,223,372,036,854,775,807');
  expect(formatInteger('-9223372036854775808', false)).toBe('−9223372036854775808');
  expect(formatInteger('123', true)).toBe('123');
});

test('numbers alone, on axes, and amounts', () => {
  expect(formatAlone(12000)).toBe('12,000');
  expect(formatAlone(12.5)).toBe('12.50');
  expect(formatAlone(0.1234)).toBe('0.1234');
  expect(formatCompact(8000)).toBe('8,000');
  expect(formatCompact(-1_250_000)).toBe('−1.3M');
  expect([0.2, 42.4, 1300, 125_000].map(formatDuration)).toEqual([
    '<1 ms',
    '42 ms',
    '1.3 s',
    '2 min 5 s',
  ]);
  expect([1, 2048].map(formatBytes)).toEqual(['1 byte', '2.0 KB']);
  expect([plural(1, 'row'), plural(1000, 'row')]).toEqual(['1 row', '1,000 rows']);
});

test.each([
  ['2023-01-05', '5 Jan 2023'],
  ['2023-01', 'Jan 2023'],
  ['2023-01-05 10:20:30', '5 Jan 2023, 10:20:30'],
  ['2023-01-05T10:20:00Z', '5 Jan 2023, 10:20 UTC'],
  ['2023-01-05 00:00:00', '5 Jan 2023'],
  ['2023-13-05', '2023-13-05'],
  ['2023', '2023'],
  ['soon', 'soon'],
  ['2023-01-05 and more', '2023-01-05 and more'],
])('the date %s is shown as %s', (raw, shown) => {
  expect(formatIso(raw)).toBe(shown);
});

test('dates have a place along an axis', () => {
  expect(isoToTime('2023-01-01')).toBe(Date.UTC(2023, 0, 1));
  expect(isoToTime('2023')).toBe(Date.UTC(2023, 0, 1));
  expect(isoToTime('Q1')).toBeUndefined();
  const day = 86_400_000;
  const time = Date.UTC(2023, 2, 5, 14, 30);
  expect([5000 * day, 200 * day, 10 * day, day].map((span) => formatTick(time, span))).toEqual([
    '2023',
    'Mar 2023',
    '5 Mar',
    '14:30',
  ]);
});

test('sessions are grouped by when they were last used', () => {
  const now = new Date(2026, 4, 20, 15).getTime();
  const ago = (days: number) => new Date(2026, 4, 20 - days, 12).getTime();
  expect([0, 1, 3, 15, 60].map((days) => timeGroup(ago(days), now))).toEqual([
    'Today',
    'Yesterday',
    'Last 7 days',
    'Last 30 days',
    'March 2026',
  ]);
});

test('a title becomes a file name that every system takes', () => {
  expect(fileName('Sales / Umsätze: 2023?', 'csv')).toBe('Sales-Umsa-tze-2023.csv');
  expect(fileName('../..', 'png')).toBe('chart.png');
});
