import { sessionPath } from './http';

export type ExportFormat = 'csv' | 'json' | 'xlsx';

export function exportAddress(sessionId: string, turnId: number, format: ExportFormat): string {
  return sessionPath(sessionId, `/turns/${turnId}/export?format=${format}`);
}
