import { request, sessionPath } from '../http';
import type { ResolutionList } from '../protocol';

export function listResolutions(sessionId: string, signal?: AbortSignal): Promise<ResolutionList> {
  return request(sessionPath(sessionId, '/resolutions'), { signal });
}
