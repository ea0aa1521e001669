// A column that the query has no name for, named in words: "COUNT(*)" is "count". What is not
// known stays as it is; the full expression can always be hovered.
import type { ResultColumn } from '../../api/protocol';

const aggregates = new Map(
  Object.entries({
    count: 'count of',
    sum: 'sum of',
    total: 'sum of',
    avg: 'average',
    min: 'lowest',
    max: 'highest',
  }),
);
const periods = new Map(
  Object.entries({
    '%Y': 'year',
    '%Y-%m': 'month',
    '%m': 'month',
    '%Y-%m-%d': 'day',
  }),
);

function plainName(text: string): string | undefined {
  const match = /^(?:["`\w]+\.)?["`]?(\w+)["`]?$/.exec(text.trim());
  return match?.[1]?.replaceAll('_', ' ');
}

export function columnLabel(name: string): string {
  const text = name.trim();
  if (/^count\s*\(\s*\*\s*\)$/i.test(text)) return 'count';
  const cast = /^cast\s*\((.*)\s+as\s+\w+\s*\)$/i.exec(text);
  if (cast?.[1]) {
    const inner = columnLabel(cast[1]);
    return inner === cast[1].trim() ? name : inner;
  }
  const time = /^strftime\s*\(\s*'([^']*)'\s*,\s*([^(),]+)\)$/i.exec(text);
  const period = periods.get(time?.[1] ?? '');
  const dated = plainName(time?.[2] ?? '');
  if (period && dated) return `${period} of ${dated}`;
  const call = /^(count|sum|total|avg|min|max)\s*\(\s*(distinct\s+)?([^()]+)\)$/i.exec(text);
  const of = plainName(call?.[3] ?? '');
  const word = aggregates.get(call?.[1]?.toLowerCase() ?? '');
  if (of && word) return `${word} ${call?.[2] ? 'different ' : ''}${of}`;
  return name;
}

/** The server's words, where it has some. */
export function labelOf(column: ResultColumn): string {
  return column.label || columnLabel(column.name);
}

/** Where the server does not know (a person's own SQL): what is called an id is one. */
export function looksLikeKey(name: string): boolean {
  return /(^|[_\s.])id$/i.test(name) || /[a-z]I[dD]$/.test(name);
}

const year_names = [
  /(^|[\s_-])(year|yr|jahr|annee|año)s?($|[\s_-])/i,
  /Year$/,
  /strftime\s*\(\s*'%Y'/i,
  /\byear\s*(\(|from\b)/i,
];

/** A year is no quantity: 2,023 would be wrong. */
export function isYear(name: string, values: readonly number[]): boolean {
  if (values.length === 0 || !year_names.some((pattern) => pattern.test(name))) return false;
  return values.every((value) => Number.isInteger(value) && value >= 1000 && value <= 2999);
}
