import { request, sessionPath } from '../http';
import type { Results } from '../protocol';

export const max_loaded_rows = 100_000;

/** Runs the turn's SQL again for more rows than the answer carries. */
export function loadRows(
  sessionId: string,
  turnId: number,
  signal?: AbortSignal,
): Promise<Results> {
  const path = sessionPath(sessionId, `/turns/${turnId}/rows?max_rows=${max_loaded_rows}`);
  return request(path, { signal });
}
