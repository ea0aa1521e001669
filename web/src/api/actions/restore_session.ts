import { request, sessionPath } from '../http';
import type { Session } from '../protocol';

export function restoreSession(sessionId: string): Promise<Session> {
  return request(sessionPath(sessionId, '/restore'), { method: 'POST' });
}
