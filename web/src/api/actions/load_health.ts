import { request } from '../http';
import type { Health } from '../protocol';

export function loadHealth(): Promise<Health> {
  return request('/api/health');
}
