// Numbers as a person reads them. Pure; the texts around them are English, so the grouping is too.

const grouped = new Map<string, Intl.NumberFormat>();

function formatter(minimum: number, maximum: number, grouping: boolean): Intl.NumberFormat {
  const key = `${minimum}/${maximum}/${grouping}`;
  let found = grouped.get(key);
  if (!found) {
    found = new Intl.NumberFormat('en', {
      minimumFractionDigits: minimum,
      maximumFractionDigits: maximum,
      useGrouping: grouping,
    });
    grouped.set(key, found);
  }
  return found;
}

export interface NumberStyle {
  /** Fraction digits that every value of a column shows. */
  minimum: number;
  maximum: number;
  grouping: boolean;
}

const max_fraction_digits = 4;

export function fractionDigits(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return 0;
  const text = Math.abs(value).toFixed(max_fraction_digits + 2);
  const fraction = text.slice(text.indexOf('.') + 1).replace(/0+$/, '');
  return Math.min(fraction.length, max_fraction_digits);
}

/** One style for all values of a column, so that their decimal points stand below each other. */
export function numberStyle(values: Iterable<number>, grouping: boolean): NumberStyle {
  let digits = 0;
  let smallest = Infinity;
  for (const value of values) {
    digits = Math.max(digits, fractionDigits(value));
    if (value !== 0) smallest = Math.min(smallest, Math.abs(value));
  }
  const aligned = digits <= 2 ? digits : smallest < 0.1 ? digits : 2;
  return { minimum: aligned, maximum: aligned, grouping };
}

/** Below what the style can show, a value is written with its significant digits, never as 0. */
export function formatNumber(value: number, style: NumberStyle): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 0.5 * 10 ** -style.maximum)) {
    return minusSign(Number(value.toPrecision(4)).toString());
  }
  return minusSign(formatter(style.minimum, style.maximum, style.grouping).format(value));
}

/** A number alone: up to four digits of fraction, grouped. */
export function formatAlone(value: number): string {
  const digits = fractionDigits(value);
  return formatNumber(value, {
    minimum: digits === 1 ? 2 : digits === 0 ? 0 : Math.min(digits, 2),
    maximum: Math.abs(value) < 1 ? max_fraction_digits : 2,
    grouping: true,
  });
}

/** Digits of any length, grouped by hand: beyond 2^53 a number would round. */
export function formatInteger(digits: string, grouping: boolean): string {
  const sign = digits.startsWith('-') ? '−' : '';
  const plain = digits.replace(/^-/, '');
  return sign + (grouping ? plain.replace(/\B(?=(\d{3})+$)/g, ',') : plain);
}

/** For axes: 1.2k, 3.4M. */
export function formatCompact(value: number): string {
  if (Math.abs(value) < 10_000) {
    return minusSign(
      new Intl.NumberFormat('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 }).format(
        value,
      ),
    );
  }
  return minusSign(
    new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value),
  );
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** "42 ms", "1.3 s", "2 min 5 s". */
export function formatDuration(ms: number): string {
  if (ms < 1) return '<1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatInteger(String(count), true)} ${count === 1 ? one : many}`;
}

function minusSign(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}
