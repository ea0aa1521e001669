import { request, sessionPath } from '../http';
import type { Session, SessionChange } from '../protocol';

export function changeSession(sessionId: string, change: SessionChange): Promise<Session> {
  return request(sessionPath(sessionId), { method: 'PATCH', body: change });
}
