import { request, sessionPath } from '../http';

/** `clarification`: the card's id. */
export function forgetResolution(sessionId: string, clarification: string): Promise<void> {
  const parameters = new URLSearchParams({ clarification });
  return request(sessionPath(sessionId, `/resolutions?${parameters}`), { method: 'DELETE' });
}
