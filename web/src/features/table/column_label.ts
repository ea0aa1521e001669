// What a column is called, and what its name says of its numbers.
import type { ResultColumn } from '../../api/protocol';

/** The server has words for expressions; the full one can always be hovered. */
export function labelOf(column: ResultColumn): string {
  return column.label || column.name;
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
