import { request, sessionPath } from '../http';

export function deleteSession(sessionId: string): Promise<void> {
  return request(sessionPath(sessionId), { method: 'DELETE' });
}
