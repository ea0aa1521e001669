// One session's WebSocket, kept open: a lost connection comes back with backoff and asks for the
// events missed. At any moment at most one connection delivers, so that events arrive in order.
//
//   connecting -[hello]-> open -[close]-> lost -[timer, online]-> connecting
//   any -[close()]-> closed (nothing is delivered any more)
import type { ClientMessage, ServerMessage } from './protocol';

export type Connection = 'connecting' | 'open' | 'lost';

export interface SocketOptions {
  sessionId: string;
  /** The last event seen; undefined: from now on. Asked at every attempt. */
  lastSeq: () => number | undefined;
  onMessage: (message: ServerMessage) => void;
  onConnection: (connection: Connection) => void;
  random?: () => number;
}

export interface SessionSocket {
  /** False if there is no connection: nothing was sent. */
  send: (message: ClientMessage) => boolean;
  /** Now, if it is waiting to try again. */
  retry: () => void;
  close: () => void;
}

const first_delay_ms = 500;
const max_delay_ms = 15_000;

/** Doubling, with a random half: pages that lost one server do not come back all at once. */
export function retryDelay(attempt: number, random: number): number {
  const delay = Math.min(max_delay_ms, first_delay_ms * 2 ** Math.min(attempt, 10));
  return delay / 2 + (delay / 2) * random;
}

export function socketAddress(sessionId: string, lastSeq: number | undefined): string {
  const { protocol, host } = window.location;
  const after = lastSeq === undefined ? '' : `?after=${lastSeq}`;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws/query/${encodeURIComponent(sessionId)}${after}`;
}

export function readMessage(text: unknown): ServerMessage | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'type' in value) {
      return value as ServerMessage;
    }
  } catch {
    // A frame that is no message: said below.
  }
  console.warn('A message of the server could not be read.');
  return undefined;
}

export function openSessionSocket(options: SocketOptions): SessionSocket {
  const random = options.random ?? Math.random;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let closed = false;

  function connect() {
    clearTimeout(timer);
    timer = undefined;
    options.onConnection('connecting');
    const current = new WebSocket(socketAddress(options.sessionId, options.lastSeq()));
    socket = current;
    let greeted = false;
    current.onmessage = (event: MessageEvent<unknown>) => {
      if (socket !== current) return;
      const message = readMessage(event.data);
      if (message) options.onMessage(message);
      if (greeted) return;
      // Open from the server's hello on: what is asked after it cannot be mistaken for lost.
      greeted = true;
      attempt = 0;
      options.onConnection('open');
    };
    current.onclose = () => {
      if (socket !== current || closed) return;
      socket = undefined;
      options.onConnection('lost');
      timer = setTimeout(connect, retryDelay(attempt, random()));
      attempt += 1;
    };
  }

  function retryNow() {
    if (timer !== undefined) connect();
  }

  window.addEventListener('online', retryNow);
  connect();
  return {
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    retry: retryNow,
    close() {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener('online', retryNow);
      socket?.close(1000);
      socket = undefined;
    },
  };
}
