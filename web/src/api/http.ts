import type { ErrorReply, Error as ProtocolError } from './protocol';

/** What the server said is wrong, or what kept it from saying anything. */
export class ApiError extends Error {
  constructor(readonly problem: ProtocolError) {
    super(problem.message);
    this.name = 'ApiError';
  }
}

export function problemOf(thrown: unknown): ProtocolError {
  if (thrown instanceof ApiError) return thrown.problem;
  return { code: 'internal', message: 'The page met an error of its own.', detail: String(thrown) };
}

const unreachable: ProtocolError = {
  code: 'unavailable',
  message: 'The server cannot be reached.',
  hint: 'Check that IDI is still running, then try again.',
};

function isErrorReply(value: unknown): value is ErrorReply {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  const { error } = value;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** REQUIRES: T is what openapi.json says of this address. Throws ApiError. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, signal } = options;
  const init: RequestInit = { method, signal: signal ?? null };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'Content-Type': 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new ApiError(unreachable);
  }
  if (response.status === 204) return undefined as T;
  let value: unknown;
  try {
    value = await response.json();
  } catch {
    throw new ApiError({
      code: 'unavailable',
      message: 'The server’s reply could not be read.',
      hint: 'Try again; if it stays so, look at the server’s log.',
      detail: `HTTP ${response.status}`,
    });
  }
  if (response.ok) return value as T;
  if (isErrorReply(value)) throw new ApiError(value.error);
  throw new ApiError({ ...unreachable, detail: `HTTP ${response.status}` });
}

export function sessionPath(sessionId: string, rest = ''): string {
  return `/api/sessions/${encodeURIComponent(sessionId)}${rest}`;
}
