// What the server acknowledged survives kill -9: killed a hundred times in the middle of writing,
// it has every session, question and verdict that a client was told of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, changeFeedback, conversation, createSession, renameSession } from './client.mjs';
import { Serving } from './serving.mjs';
import { shop, temporaryHome } from './places.mjs';

let home;
before(async () => (home = await temporaryHome()));
after(() => home.remove());

/** Writes until the server is gone; acknowledged writes end up in `known`. */
async function writeUntilKilled(url, known) {
  for (let n = 0; ; ++n) {
    let session;
    try {
      session = await createSession(url, { name: `before ${n}` });
      known.set(session.id, { name: `before ${n}`, verdicts: new Map() });
      const entry = known.get(session.id);
      entry.pendingName = `after ${n}`;
      await renameSession(url, session.id, `after ${n}`);
      entry.name = entry.pendingName;
      delete entry.pendingName;
      const answer = await ask(url, 'How many customers are there?', session.id);
      entry.verdicts.set(answer.turn_id, 'none');
      entry.pendingVerdict = answer.turn_id;
      await changeFeedback(url, session.id, answer.turn_id, { verdict: 'up', comment: `c ${n}` });
      entry.verdicts.set(answer.turn_id, 'up');
      delete entry.pendingVerdict;
    } catch (error) {
      if (error.reply) throw error; // an answer that is an error: not the kill
      return;
    }
  }
}

test('a hundred kills lose nothing that was acknowledged', { timeout: 300_000 }, async () => {
  const known = new Map();
  for (let kill = 0; kill < 100; ++kill) {
    const serving = await Serving.start({ ...(await shop()), home: home.path });
    const writers = [1, 2, 3].map(() => writeUntilKilled(serving.url, known));
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 60));
    assert.equal(await serving.stop('SIGKILL'), 'SIGKILL');
    await Promise.all(writers);
  }
  assert.ok(known.size > 100, `too little was written to prove anything: ${known.size} sessions`);

  const serving = await Serving.start({ ...(await shop()), home: home.path });
  try {
    for (const [id, { name, pendingName, verdicts, pendingVerdict }] of known) {
      const { session, turns } = await conversation(serving.url, id);
      assert.ok([name, pendingName].includes(session.name), `${session.name} is not ${name}`);
      for (const [turnId, verdict] of verdicts) {
        const turn = turns.find((one) => one.id === turnId);
        assert.ok(turn, `turn ${turnId} of ${id} is gone`);
        assert.equal(turn.state, 'answered');
        assert.equal(turn.answer.results.rows.length, 1);
        if (pendingVerdict !== turnId) assert.equal(turn.feedback?.verdict ?? 'none', verdict);
      }
      for (const turn of turns) assert.notEqual(turn.state, 'running', 'a dead question runs');
    }
  } finally {
    assert.equal(await serving.stop(), 0);
  }
});
