// The server's API as functions, with nothing between: what any program would do.
async function call(url, method, path, body) {
  const response = await fetch(new URL(path, url), {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const reply = text ? JSON.parse(text) : undefined;
  if (!response.ok) {
    throw Object.assign(new Error(`${method} ${path}: ${response.status} ${text}`), { reply });
  }
  return reply;
}

export const health = (url) => call(url, 'GET', '/api/health');
export const createSession = (url, given = {}) => call(url, 'POST', '/api/sessions', given);
export const conversation = (url, id) => call(url, 'GET', `/api/sessions/${id}`);
export const renameSession = (url, id, name) => call(url, 'PATCH', `/api/sessions/${id}`, { name });
export const changeFeedback = (url, id, turn, feedback) =>
  call(url, 'PUT', `/api/sessions/${id}/turns/${turn}/feedback`, feedback);

/** The Answer; an ErrorReply is thrown. */
export async function ask(url, query, sessionId, given = {}) {
  const body = sessionId ? { query, session_id: sessionId, ...given } : { query, ...given };
  return (await call(url, 'POST', '/query', body)).data;
}
