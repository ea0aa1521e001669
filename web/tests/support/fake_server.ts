// A server in memory: answers to addresses, and sockets that the test speaks through.
import { vi } from 'vitest';
import type { ClientMessage, ServerMessage } from '../../src/api/protocol';

export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  readyState = 0;
  sent: ClientMessage[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  send(text: string) {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }
  close() {
    this.readyState = 3;
  }
  deliver(message: ServerMessage) {
    this.readyState = 1;
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  deliverRaw(data: unknown) {
    this.readyState = 1;
    this.onmessage?.({ data });
  }
  drop() {
    this.readyState = 3;
    this.onclose?.();
  }
}

export function installFakeSockets(): void {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
}

export type Route = (body: unknown, url: URL) => { status?: number; body?: unknown };

/** `routes`: "GET /api/schema" → what comes back. Everything else is a 404. */
export function installFakeServer(routes: Record<string, Route>) {
  const calls: { route: string; url: URL; body: unknown }[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const url = new URL(path, 'http://idi.test');
    const route = `${init.method ?? 'GET'} ${url.pathname}`;
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    calls.push({ route, url, body });
    const answer = routes[route]?.(body, url) ?? {
      status: 404,
      body: { success: false, error: { code: 'not_found', message: `no ${route}` } },
    };
    const status = answer.status ?? 200;
    return Promise.resolve(
      new Response(status === 204 ? null : JSON.stringify(answer.body), { status }),
    );
  });
  return calls;
}
