import { beforeEach, expect, test, vi } from 'vitest';
import type { ServerMessage } from '../../src/api/protocol';
import { openSessionSocket, retryDelay, type Connection } from '../../src/api/session_socket';
import { FakeSocket, installFakeSockets } from '../support/fake_server';

const id = 's_Zm9vYmFyYmF6cXV4MTIzNA';
const hello: ServerMessage = { type: 'hello', session_id: id, seq: 7 };

function open(lastSeq: () => number | undefined = () => undefined) {
  const seen: ServerMessage[] = [];
  const states: Connection[] = [];
  const socket = openSessionSocket({
    sessionId: id,
    lastSeq,
    onMessage: (message) => seen.push(message),
    onConnection: (state) => states.push(state),
    random: () => 1,
  });
  return { socket, seen, states };
}

beforeEach(() => {
  vi.useFakeTimers();
  installFakeSockets();
  return () => vi.useRealTimers();
});

test('waits longer after each failure, with a random half, up to a bound', () => {
  expect(retryDelay(0, 1)).toBe(500);
  expect(retryDelay(0, 0)).toBe(250);
  expect(retryDelay(3, 1)).toBe(4000);
  expect(retryDelay(50, 1)).toBe(15_000);
});

test('is open from the hello on, not before', () => {
  const { socket, states } = open();
  expect(FakeSocket.last.url).toBe(`ws://${window.location.host}/ws/query/${id}`);
  expect(socket.send({ type: 'cancel' })).toBe(false);
  FakeSocket.last.deliver(hello);
  expect(states).toEqual(['connecting', 'open']);
  expect(socket.send({ type: 'cancel' })).toBe(true);
  expect(FakeSocket.last.sent).toEqual([{ type: 'cancel' }]);
});

test('comes back after a loss, and asks for what it missed', () => {
  let seq = 3;
  const { states } = open(() => seq);
  FakeSocket.last.deliver(hello);
  seq = 9;
  FakeSocket.last.drop();
  expect(states.at(-1)).toBe('lost');
  vi.advanceTimersByTime(499);
  expect(FakeSocket.all).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(FakeSocket.all).toHaveLength(2);
  expect(FakeSocket.last.url).toMatch(/\?after=9$/);
});

test('tries at once when the network is back, or when told to', () => {
  const { socket } = open();
  FakeSocket.last.drop();
  window.dispatchEvent(new Event('online'));
  expect(FakeSocket.all).toHaveLength(2);
  socket.retry();
  expect(FakeSocket.all).toHaveLength(2);
  FakeSocket.last.drop();
  socket.retry();
  expect(FakeSocket.all).toHaveLength(3);
});

test('an old connection delivers nothing after a new one was opened', () => {
  const { seen } = open();
  const old = FakeSocket.last;
  old.drop();
  vi.advanceTimersByTime(500);
  old.deliver(hello);
  expect(seen).toEqual([]);
});

test('frames that are no messages are left out', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { seen } = open();
  for (const bad of ['', '{', '[1]', 'null', '"x"', '{"a":1}', new ArrayBuffer(2)]) {
    FakeSocket.last.deliverRaw(bad);
  }
  FakeSocket.last.deliver(hello);
  expect(seen).toEqual([hello]);
  expect(warn).toHaveBeenCalled();
});

test('closed, it does not come back', () => {
  const { socket } = open();
  socket.close();
  FakeSocket.last.drop();
  vi.advanceTimersByTime(60_000);
  window.dispatchEvent(new Event('online'));
  expect(FakeSocket.all).toHaveLength(1);
});
