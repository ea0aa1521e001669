// Questions per second and their 95th percentile with 1, 8 and 64 people asking at once, the same for
// requests that no question is in, and what 1 000 idle WebSockets cost.
// Usage: node bench/server.mjs PROGRAM DATABASE [SECONDS]
import http from 'node:http';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Serving } from '../e2e/serving.mjs';

const [program, database, seconds = '5'] = process.argv.slice(2);
if (!program || !database) {
  console.error('usage: node bench/server.mjs PROGRAM DATABASE [SECONDS]');
  process.exit(2);
}

const questions = [
  'How many customers are there?',
  'Which five products have the highest price?',
  'How many orders were there in each store?',
  'What is the average price of products in each category?',
  'Show the names of customers from Germany',
  'How many orders were there in 2023?',
];

function request(agent, url, method, path, body) {
  return new Promise((resolve, reject) => {
    const call = http.request(
      new URL(path, url),
      { method, agent, headers: body ? { 'content-type': 'application/json' } : {} },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }),
        );
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

async function load(url, people, once) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: people });
  const times = [];
  let failed = 0;
  const end = performance.now() + Number(seconds) * 1000;
  const started = performance.now();
  const person = async (number) => {
    const session = await newSession(agent, url);
    for (let turn = number; performance.now() < end; ++turn) {
      const from = performance.now();
      const reply = await once(agent, session, turn);
      times.push(performance.now() - from);
      if (reply.status !== 200) ++failed;
    }
  };
  await Promise.all(Array.from({ length: people }, (_, number) => person(number)));
  const lasted = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { perSecond: times.length / lasted, p50: at(0.5), p95: at(0.95), failed };
}

async function newSession(agent, url) {
  const reply = await request(agent, url, 'POST', '/api/sessions', '{}');
  if (reply.status !== 201) throw new Error(`no session: ${reply.body}`);
  return JSON.parse(reply.body).id;
}

function openSocket(url, session) {
  return new Promise((resolve, reject) => {
    const call = http.request(new URL(`/ws/query/${session}`, url), {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
      },
    });
    call.on('upgrade', (_response, socket) => resolve(socket));
    call.on('response', (response) => reject(new Error(`refused with ${response.statusCode}`)));
    call.on('error', reject);
    call.end();
  });
}

async function withServer(use) {
  const home = mkdtempSync(join(tmpdir(), 'idi-bench-'));
  const serving = await Serving.start({ program, database, home });
  try {
    await use(serving);
  } finally {
    await serving.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);

await withServer(async ({ url }) => {
  row('people at once', 'kind', 'per second', 'p50 ms', 'p95 ms', 'failed');
  row('---', '---', '---', '---', '---', '---');
  const kinds = {
    'GET /api/health': (agent) => request(agent, url, 'GET', '/api/health'),
    'POST /query': (agent, session, turn) =>
      request(
        agent,
        url,
        'POST',
        '/query',
        JSON.stringify({ query: questions[turn % questions.length], session_id: session }),
      ),
  };
  for (const people of [1, 8, 64]) {
    for (const [kind, once] of Object.entries(kinds)) {
      const { perSecond, p50, p95, failed } = await load(url, people, once);
      row(people, kind, perSecond.toFixed(0), p50.toFixed(1), p95.toFixed(1), failed);
    }
  }
});

await withServer(async (serving) => {
  const { url } = serving;
  const agent = new http.Agent({ keepAlive: true });
  const sockets = [];
  const before = serving.memoryKib();
  let session;
  for (let n = 0; n < 1000; ++n) {
    if (n % 10 === 0) session = await newSession(agent, url);
    sockets.push(await openSocket(url, session));
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = serving.memoryKib();
  console.log(
    `\n1000 idle sockets: ${((after - before) / 1024).toFixed(1)} MiB more ` +
      `(${((after - before) / 1000).toFixed(1)} KiB each); ${(before / 1024).toFixed(0)} MiB without them`,
  );
  sockets.forEach((socket) => socket.destroy());
  agent.destroy();
});
