import { request } from '../http';
import type { Session } from '../protocol';

export function createSession(): Promise<Session> {
  return request('/api/sessions', { method: 'POST', body: {} });
}
