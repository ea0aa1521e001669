import { request, sessionPath } from '../http';
import type { ChartChoice, Visualization } from '../protocol';

export function putChart(
  sessionId: string,
  turnId: number,
  choice: ChartChoice,
): Promise<Visualization> {
  return request(sessionPath(sessionId, `/turns/${turnId}/chart`), { method: 'PUT', body: choice });
}
