// The WebSocket of a session, as any program would use it: events in, messages out.
import WebSocket from 'ws';

export class ConversationSocket {
  static async open(url, sessionId, after) {
    const address = new URL(`/ws/query/${sessionId}`, url);
    address.protocol = address.protocol.replace('http', 'ws');
    if (after !== undefined) address.searchParams.set('after', after);
    const socket = new ConversationSocket(new WebSocket(address));
    await socket.next((event) => event.type === 'hello');
    return socket;
  }

  constructor(socket) {
    this.socket = socket;
    this.events = [];
    this.waiting = [];
    socket.on('message', (text) => this.#take(JSON.parse(text)));
    socket.on('close', (code) => this.#take({ type: 'closed', code }));
    socket.on('error', (error) => this.#take({ type: 'closed', error }));
  }

  #take(event) {
    event.receivedAt = performance.now();
    this.events.push(event);
    this.waiting = this.waiting.filter(({ wanted, resolve, reject }) => {
      if (wanted(event)) resolve(event);
      else if (event.type === 'closed') reject(new Error(`closed: ${event.code ?? event.error}`));
      else return true;
      return false;
    });
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  /** The next event (from now on) that is wanted. */
  next(wanted, { timeoutMs = 20_000 } = {}) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such event: ${wanted}`)), timeoutMs);
      const clear = (settle) => (value) => (clearTimeout(timer), settle(value));
      this.waiting.push({ wanted, resolve: clear(resolve), reject: clear(reject) });
    });
  }

  /** Result, error or cancelled of the running turn. */
  end() {
    return this.next((event) => ['result', 'error', 'cancelled'].includes(event.type));
  }

  close() {
    this.socket.close();
  }
}
