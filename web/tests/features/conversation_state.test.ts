// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServerMessage } from '../../src/api/protocol';
import {
  empty_conversation,
  reduceConversation,
  runningTurn,
  type ConversationAction,
  type ConversationState,
} from '../../src/features/conversation/conversation_state';
import { exampleAnswer, exampleConversation } from '../support/examples';
import { faults } from '../support/validate';

const turn_id = 9;
const progress = (
  seq: number,
  phase: 'context' | 'generating',
  percent: number,
): ServerMessage => ({
  type: 'progress',
  seq,
  turn_id,
  phase,
  message: phase,
  progress: percent,
  elapsed_ms: seq,
  timestamp: 1,
});
const token = (seq: number, text: string, position: number): ServerMessage => ({
  type: 'token',
  seq,
  turn_id,
  text,
  position,
});
const story: ServerMessage[] = [
  {
    type: 'started',
    seq: 20,
    turn_id,
    question: 'How many?',
    session_name: 'How many?',
    timestamp: 1,
  },
  { type: 'queued', seq: 21, turn_id, position: 2 },
  progress(22, 'context', 20),
  progress(23, 'generating', 30),
  token(24, 'SELECT', 0),
  token(25, ' a', 1),
  token(26, ' count(*)', 1),
  progress(27, 'generating', 60),
  { type: 'result', seq: 28, turn_id, success: true, data: { ...exampleAnswer(), turn_id } },
];

function run(state: ConversationState, messages: readonly ServerMessage[]): ConversationState {
  return messages.reduce(
    (before, message) => reduceConversation(before, { type: 'received', message, now: 1000 }),
    state,
  );
}
const start = (): ConversationState => ({
  ...reduceConversation(empty_conversation, {
    type: 'loaded',
    conversation: exampleConversation(),
  }),
  lastSeq: 10,
});
const apply = (state: ConversationState, ...actions: ConversationAction[]) =>
  actions.reduce(reduceConversation, state);

test('the story keeps to the protocol', () => {
  for (const message of story) expect(faults('ServerMessage', message)).toBe('');
});

test('a question from its start to its result', () => {
  const half = run(start(), story.slice(0, 7));
  expect(runningTurn(half)?.question).toBe('How many?');
  expect(half.session?.name).toBe('How many?');
  expect(half.live[turn_id]).toMatchObject({ percent: 30, phase: 'generating' });
  expect(half.live[turn_id]?.tokens.join('')).toBe('SELECT count(*)');
  expect(half.live[turn_id]?.queuePosition).toBeUndefined();
  const whole = run(half, story.slice(7));
  expect(runningTurn(whole)).toBeUndefined();
  expect(whole.turns.at(-1)).toMatchObject({ id: turn_id, state: 'answered' });
  expect(whole.live).toEqual({});
  expect(whole.lastSeq).toBe(28);
});

test('a replay of any part changes nothing', () => {
  const whole = run(start(), story);
  fc.assert(
    fc.property(fc.subarray(story), (again) => {
      expect(run(whole, again)).toEqual(whole);
    }),
  );
});

test('any order with any repetition ends the turn, and never moves it backwards', () => {
  const disorder = fc
    .array(fc.constantFrom(...story), { maxLength: 20 })
    .chain((extra) =>
      fc.shuffledSubarray([...story, ...extra], { minLength: story.length + extra.length }),
    );
  fc.assert(
    fc.property(disorder, (messages) => {
      let state = start();
      let percent = 0;
      let ended = false;
      for (const message of messages) {
        state = run(state, [message]);
        const live = state.live[turn_id];
        if (live) {
          expect(live.percent).toBeGreaterThanOrEqual(percent);
          percent = live.percent;
        }
        const now = state.turns.find((turn) => turn.id === turn_id);
        if (ended) expect(now?.state).toBe('answered');
        ended ||= now?.state === 'answered';
      }
      expect(state.turns.filter((turn) => turn.id === turn_id)).toHaveLength(1);
      expect(runningTurn(state)).toBeUndefined();
      expect(state.live).toEqual({});
    }),
  );
});

test('a result that comes without its start has the question from the answer', () => {
  const state = run(start(), story.slice(8));
  expect(state.turns.at(-1)?.question).toBe(exampleAnswer().question);
});

test('errors with a turn end it; without one they reject what was asked', () => {
  const asked = apply(
    start(),
    { type: 'asked', message: { type: 'query', query: 'x' } },
    { type: 'sent' },
  );
  const error = { type: 'error', code: 'conflict', message: 'busy' } as const;
  const rejected = run(asked, [{ ...error, seq: 11 }]);
  expect(rejected.rejected).toMatchObject({ error: { code: 'conflict' }, message: { query: 'x' } });
  expect(rejected.pending).toBeUndefined();
  const failed = run(start(), [
    story[0]!,
    { ...error, seq: 30, turn_id, code: 'refused', hint: 'h' },
  ]);
  expect(failed.turns.at(-1)).toMatchObject({
    state: 'failed',
    error: { code: 'refused', hint: 'h' },
  });
  const stopped = run(start(), [story[0]!, { type: 'cancelled', seq: 31, turn_id, elapsed_ms: 5 }]);
  expect(stopped.turns.at(-1)?.state).toBe('cancelled');
});

test('a question that was sent and not accepted before the connection broke can be asked again', () => {
  const asked = apply(
    start(),
    { type: 'asked', message: { type: 'query', query: 'x' } },
    { type: 'sent' },
  );
  const hello: ServerMessage = { type: 'hello', session_id: 's', seq: 10 };
  const back = run(asked, [hello]);
  expect(back.rejected?.error.code).toBe('unavailable');
  expect(run(back, [story[0]!]).rejected).toBeUndefined();
});

test('a server that began anew, or runs another turn than known, makes it load again', () => {
  const known = run(start(), story.slice(0, 3));
  expect(
    run(known, [{ type: 'hello', session_id: 's', seq: 22, running_turn: turn_id }]).stale,
  ).toBe(false);
  expect(run(known, [{ type: 'hello', session_id: 's', seq: 22 }]).stale).toBe(true);
  const restarted = run(known, [{ type: 'hello', session_id: 's', seq: 2, running_turn: turn_id }]);
  expect(restarted).toMatchObject({ stale: true, lastSeq: 2 });
});

test('loading again does not revive a turn that has ended meanwhile', () => {
  const conversation = exampleConversation();
  const ended = run(start(), story);
  conversation.turns.push({
    id: turn_id,
    question: 'How many?',
    sql: '',
    written_by_person: false,
    state: 'running',
    created_at: 1,
  });
  const again = apply(ended, { type: 'loaded', conversation });
  expect(again.turns.at(-1)?.state).toBe('answered');
  expect(again.lastSeq).toBe(28);
});

test('with a running turn its events are wanted from the beginning', () => {
  const conversation = exampleConversation();
  expect(apply(empty_conversation, { type: 'loaded', conversation }).lastSeq).toBe(
    conversation.seq,
  );
  conversation.turns[1]!.state = 'running';
  expect(apply(empty_conversation, { type: 'loaded', conversation }).lastSeq).toBe(0);
});
