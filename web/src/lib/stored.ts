// Small preferences of this browser. A browser that forbids storage works without.

export function readStored<T>(key: string, usable: (value: unknown) => value is T): T | undefined {
  try {
    const text = localStorage.getItem(`idi.${key}`);
    if (text === null) return undefined;
    const value: unknown = JSON.parse(text);
    return usable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(`idi.${key}`, JSON.stringify(value));
  } catch {
    // Full or forbidden: the choice lasts as long as the page.
  }
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

export const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
