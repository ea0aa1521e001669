import { request } from '../http';
import type { SessionList } from '../protocol';

export interface SessionFilter {
  search: string;
  tag: string;
  offset: number;
  limit: number;
}

export function listSessions(filter: SessionFilter, signal?: AbortSignal): Promise<SessionList> {
  const parameters = new URLSearchParams();
  if (filter.search) parameters.set('search', filter.search);
  if (filter.tag) parameters.set('tag', filter.tag);
  parameters.set('limit', String(filter.limit));
  if (filter.offset > 0) parameters.set('offset', String(filter.offset));
  return request(`/api/sessions?${parameters}`, { signal });
}
