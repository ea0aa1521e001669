import { request, sessionPath } from '../http';
import type { Feedback } from '../protocol';

export function putFeedback(
  sessionId: string,
  turnId: number,
  feedback: Feedback,
): Promise<Feedback> {
  const path = sessionPath(sessionId, `/turns/${turnId}/feedback`);
  return request(path, { method: 'PUT', body: feedback });
}
