import { request, sessionPath } from '../http';
import type { Conversation } from '../protocol';

export function loadConversation(sessionId: string, signal?: AbortSignal): Promise<Conversation> {
  return request(sessionPath(sessionId), { signal });
}
