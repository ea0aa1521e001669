// Dates as databases write them (ISO 8601, with a blank or a T), shown readable. Nothing is shifted
// between time zones: what stands in the cell is what is shown.

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const iso =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/** The text itself if it is no date. */
export function formatIso(text: string): string {
  const match = iso.exec(text);
  if (!match) return text;
  const [, year, month, day, hour, minute, second, , zone] = match;
  const name = months[Number(month) - 1];
  if (!name) return text;
  if (day === undefined) return `${name} ${year}`;
  if (Number(day) < 1 || Number(day) > 31) return text;
  const date = `${Number(day)} ${name} ${year}`;
  if (hour === undefined) return date;
  const midnight = hour === '00' && minute === '00' && (second ?? '00') === '00' && !zone;
  if (midnight) return date;
  const seconds = second !== undefined && second !== '00' ? `:${second}` : '';
  const suffix = zone === undefined ? '' : zone === 'Z' ? ' UTC' : ` ${zone}`;
  return `${date}, ${hour}:${minute}${seconds}${suffix}`;
}

/** Milliseconds for placing along an axis; undefined if it is no date. */
export function isoToTime(text: string): number | undefined {
  if (/^\d{4}$/.test(text)) return Date.UTC(Number(text), 0, 1);
  const match = iso.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const value = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  return Number.isFinite(value) ? value : undefined;
}

/** A tick of a time axis that spans `span` milliseconds. */
export function formatTick(time: number, span: number): string {
  const date = new Date(time);
  const day = 86_400_000;
  const month = months[date.getUTCMonth()] ?? '';
  if (span > 4 * 365 * day) return String(date.getUTCFullYear());
  if (span > 90 * day) return `${month} ${date.getUTCFullYear()}`;
  if (span > 2 * day) return `${date.getUTCDate()} ${month}`;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** Where a session stands in the list: "Today", "Yesterday", "Last 7 days", "March 2026". */
export function timeGroup(time: number, now: number): string {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  const today = start.getTime();
  if (time >= today) return 'Today';
  start.setDate(start.getDate() - 1);
  if (time >= start.getTime()) return 'Yesterday';
  start.setDate(start.getDate() - 5);
  if (time >= start.getTime()) return 'Last 7 days';
  start.setDate(start.getDate() - 23);
  if (time >= start.getTime()) return 'Last 30 days';
  return new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' }).format(time);
}

/** "14:05" today, "3 Mar, 14:05" this year, else with the year; local time. */
export function formatMoment(time: number, now: number): string {
  const date = new Date(time);
  const current = new Date(now);
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(
    date,
  );
  if (date.toDateString() === current.toDateString()) return clock;
  const year = date.getFullYear() === current.getFullYear() ? '' : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${months[date.getMonth()]}${year}, ${clock}`;
}
