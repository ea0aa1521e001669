import { request } from '../http';
import type { Schema } from '../protocol';

export function loadSchema(): Promise<Schema> {
  return request('/api/schema');
}
