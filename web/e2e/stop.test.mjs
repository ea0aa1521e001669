// Stop stops: the event comes at once, the statement ends, and the machine's load shows it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { conversation, createSession, health } from './client.mjs';
import { ConversationSocket } from './conversation_socket.mjs';
import { Serving } from './serving.mjs';
import { shop, temporaryHome } from './places.mjs';

const endless =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let home, serving;
before(async () => {
  home = await temporaryHome();
  serving = await Serving.start({
    ...(await shop()),
    home: home.path,
    options: ['--workers', '2'],
  });
});
after(async () => {
  assert.equal(await serving.stop(), 0);
  await home.remove();
});

test('a stopped statement costs nothing any more', async () => {
  const { id } = await createSession(serving.url);
  const socket = await ConversationSocket.open(serving.url, id);
  const times = [];
  for (let round = 0; round < 5; ++round) {
    const started = socket.next((event) => event.type === 'started');
    socket.send({ type: 'run_sql', sql: endless });
    await started;
    await pause(300);
    const ended = socket.end();
    const from = performance.now();
    socket.send({ type: 'cancel' });
    assert.equal((await ended).type, 'cancelled');
    times.push(performance.now() - from);
    const used = serving.processorSeconds();
    await pause(500);
    assert.ok(serving.processorSeconds() - used < 0.1, 'the statement still runs');
  }
  // A busy machine may be late once, not each time.
  assert.ok(Math.min(...times) < 100, `cancelled after ${times.map(Math.round)} ms`);
  assert.equal((await health(serving.url)).running, 0);
  const { turns } = await conversation(serving.url, id);
  assert.deepEqual(new Set(turns.map((turn) => turn.state)), new Set(['cancelled']));
  socket.close();
});

test('whoever waits in the queue sees the place and can leave it', async () => {
  const sessions = await Promise.all([1, 2, 3, 4].map(() => createSession(serving.url)));
  const sockets = await Promise.all(
    sessions.map(({ id }) => ConversationSocket.open(serving.url, id)),
  );
  const [first, second, third, fourth] = sockets;
  const run = async (socket) => {
    const started = socket.next((event) => event.type === 'started');
    socket.send({ type: 'run_sql', sql: endless });
    await started;
  };
  await run(first);
  await run(second);
  await pause(200);
  const places = [third, fourth].map((socket) => socket.next((event) => event.type === 'queued'));
  await run(third);
  assert.equal((await places[0]).position, 1);
  await run(fourth);
  assert.equal((await places[1]).position, 2);

  const moved = fourth.next((event) => event.type === 'queued' && event.position === 1);
  const left = third.end();
  third.send({ type: 'cancel' });
  assert.equal((await left).type, 'cancelled');
  await moved;

  const begun = fourth.next((event) => event.type === 'progress');
  first.send({ type: 'cancel' });
  await begun;
  const ends = [second.end(), fourth.end()];
  second.send({ type: 'cancel' });
  fourth.send({ type: 'cancel' });
  for (const end of await Promise.all(ends)) assert.equal(end.type, 'cancelled');
  sockets.forEach((socket) => socket.close());
});

test('progress is true: phases in their order, never backwards, an end at 100', async () => {
  const { id } = await createSession(serving.url);
  const socket = await ConversationSocket.open(serving.url, id);
  const ended = socket.end();
  socket.send({ type: 'query', query: 'How many orders were there in each store?' });
  const result = await ended;
  assert.equal(result.type, 'result');
  const progress = socket.events.filter((event) => event.type === 'progress');
  const phases = [...new Set(progress.map((event) => event.phase))];
  assert.deepEqual(phases, [
    'understanding',
    'context',
    'generating',
    'verifying',
    'executing',
    'visualizing',
  ]);
  for (let n = 1; n < progress.length; ++n) {
    assert.ok(progress[n].progress >= progress[n - 1].progress, 'progress went backwards');
    assert.ok(progress[n].elapsed_ms >= progress[n - 1].elapsed_ms, 'time went backwards');
  }
  const tokens = socket.events.filter((event) => event.type === 'token');
  assert.ok(tokens.length > 3, 'no draft was seen');
  let draft = [];
  for (const { position, text } of tokens) draft = [...draft.slice(0, position), text];
  assert.match(draft.join(' '), /order|store/i);
  const seqs = socket.events.filter((event) => event.seq).map((event) => event.seq);
  seqs.slice(1).forEach((seq, n) => assert.ok(seq > seqs[n], 'events out of order'));
  socket.close();
});

test('a lost connection finds its question again', async () => {
  const { id } = await createSession(serving.url);
  const lost = await ConversationSocket.open(serving.url, id);
  const started = lost.next((event) => event.type === 'started');
  lost.send({ type: 'run_sql', sql: endless });
  const { seq } = await started;
  lost.socket.terminate();
  await pause(100);
  const found = await ConversationSocket.open(serving.url, id, seq);
  const hello = found.events.find((event) => event.type === 'hello');
  assert.ok(hello.running_turn > 0);
  const ended = found.end();
  found.send({ type: 'cancel' });
  const end = await ended;
  assert.equal(end.type, 'cancelled');
  found.close();

  const late = await ConversationSocket.open(serving.url, id, seq);
  await pause(200);
  const missed = late.events.filter((event) => event.seq > seq);
  assert.equal(missed.at(-1).type, 'cancelled');
  assert.equal(missed.at(-1).seq, end.seq);
  late.close();
});
