// Asked back, and what becomes of the choice: the page against a server in memory.
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { Answer, Conversation, Resolution, ServerMessage, Turn } from '../../src/api/protocol';
import { App } from '../../src/app/app';
import { turnOf } from '../support/answers';
import { exampleConversation, exampleSchema, read } from '../support/examples';
import { FakeSocket, installFakeServer, installFakeSockets } from '../support/fake_server';
import { faults } from '../support/validate';

const { session } = exampleConversation();
const path = `/api/sessions/${session.id}`;
const asked = read('Answer.asked_back.json') as Answer;
const clarified = read('Answer.clarified.json') as Answer;
const resolutions = clarified.resolutions as Resolution[];
const hello: ServerMessage = { type: 'hello', session_id: session.id, seq: 5 };
const asking = turnOf(asked);
const answered: Turn = { ...turnOf(clarified), clarifies: asked.turn_id };

function serve(turns: Turn[], kept: Resolution[] = []) {
  const conversation: Conversation = { session, turns, seq: 5 };
  expect(faults('Conversation', conversation)).toBe('');
  installFakeSockets();
  const state = { kept };
  const calls = installFakeServer({
    'GET /api/schema': () => ({ body: exampleSchema() }),
    'GET /api/sessions': () => ({ body: { sessions: [session], total: 1 } }),
    [`GET ${path}`]: () => ({ body: conversation }),
    [`GET ${path}/resolutions`]: () => ({ body: { resolutions: state.kept } }),
    [`DELETE ${path}/resolutions`]: (_body, url) => {
      const id = url.searchParams.get('clarification');
      state.kept = state.kept.filter((resolution) => resolution.clarification !== id);
      return { status: 204 };
    },
  });
  window.history.replaceState(null, '', `/s/${session.id}`);
  render(<App />);
  return calls;
}

function deliver(...messages: ServerMessage[]) {
  act(() => {
    for (const message of messages) {
      expect(faults('ServerMessage', message)).toBe('');
      FakeSocket.last.deliver(message);
    }
  });
}

async function connect() {
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  deliver(hello);
}

const started: ServerMessage = {
  type: 'started',
  seq: 6,
  turn_id: 8,
  question: asked.question,
  clarifies: 7,
  timestamp: 2,
};
const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' });

beforeEach(() => window.history.replaceState(null, '', '/'));

test('asked back, chosen, answered; the card says what was chosen', async () => {
  serve([], resolutions);
  await connect();
  await userEvent.type(box(), `${asked.question}{Enter}`);
  deliver(
    { type: 'started', seq: 6, turn_id: 7, question: asked.question, timestamp: 1 },
    { type: 'result', seq: 7, turn_id: 7, success: true, data: asked },
  );
  const [first] = screen.getAllByRole('button', { pressed: false, name: /ordered at/i });
  expect(document.activeElement).toBe(first);
  expect(document.querySelector('mark')?.textContent).toBe('last month');
  await userEvent.keyboard('1');
  await waitFor(() => expect(FakeSocket.last.sent).toHaveLength(2));
  expect(FakeSocket.last.sent[1]).toEqual(read('ClarifyMessage.date.json'));
  expect(faults('ClientMessage', FakeSocket.last.sent[1])).toBe('');
  expect(screen.getByText(/^You chose/).textContent).toBe('You chose ordered at.');
  deliver({ ...started, seq: 8 });
  expect(screen.getByText(/^You chose/).textContent).toBe('You chose ordered at.');
  expect(screen.getByRole('progressbar')).toBeDefined();
  deliver({ type: 'result', seq: 9, turn_id: 8, success: true, data: clarified });
  expect(screen.getByText(/as you chose/)).toBeDefined();
  expect(screen.getAllByRole('article')).toHaveLength(2);
});

test('after a reload the choice is still said, also while its question runs', async () => {
  serve([asking, answered], resolutions);
  await waitFor(() =>
    expect(screen.getByText(/^You chose/).textContent).toBe('You chose ordered at.'),
  );
});

test('after a reload in the middle, the session says what was chosen', async () => {
  const running: Turn = { ...turnOf(clarified), clarifies: 7, state: 'running' };
  delete running.answer;
  serve([asking, running], resolutions);
  await waitFor(() =>
    expect(screen.getByText(/^You chose/).textContent).toBe('You chose ordered at.'),
  );
});

test('a choice that is not accepted: the card is open again, with the error and another try', async () => {
  serve([asking]);
  await connect();
  await userEvent.click(await screen.findByRole('button', { name: /shipped at/i }));
  await waitFor(() => expect(FakeSocket.last.sent).toHaveLength(1));
  deliver({
    type: 'error',
    seq: 6,
    code: 'limit_exceeded',
    message: 'This session keeps 200 choices already.',
    hint: 'Forget some.',
  });
  expect(screen.getAllByText('This session keeps 200 choices already.')).toHaveLength(2);
  expect(screen.getByRole('group', { name: asked.summary })).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(FakeSocket.last.sent).toHaveLength(2));
  expect(FakeSocket.last.sent[1]).toEqual(FakeSocket.last.sent[0]);
  deliver(started);
  expect(screen.queryByText('This session keeps 200 choices already.')).toBeNull();
  expect(screen.getByText(/^You chose/).textContent).toBe('You chose shipped at.');
});

test('none of these puts the question back into the box; the likeliest is asked at once', async () => {
  serve([asking]);
  await connect();
  await userEvent.click(await screen.findByRole('button', { name: /None of these/ }));
  expect(box().value.trim()).toBe(asked.question);
  await userEvent.click(screen.getByRole('button', { name: 'Show the likeliest' }));
  await waitFor(() =>
    expect(FakeSocket.last.sent).toEqual([
      { type: 'query', query: asked.question, standalone: true, ask_back: false },
    ]),
  );
  expect(faults('ClientMessage', FakeSocket.last.sent[0])).toBe('');
});

test('a remembered choice is forgotten, and stays so on the answers that it led to', async () => {
  const calls = serve([asking, answered], resolutions);
  await connect();
  await userEvent.click(await screen.findByRole('button', { name: /^Forget that/ }));
  expect(await screen.findByText(/that is forgotten/)).toBeDefined();
  const deleted = calls.find((call) => call.route.startsWith('DELETE'));
  expect(deleted?.url.searchParams.get('clarification')).toBe('date:orders');
  await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
  await waitFor(() => expect(FakeSocket.last.sent).toHaveLength(1));
});

test('what the data cannot answer: what is missing, what comes near, what to ask instead', async () => {
  const failed: Turn = {
    ...asking,
    state: 'failed',
    error: {
      code: 'unanswerable',
      message: 'There is nothing about profit.',
      hint: 'Near: price.',
    },
  };
  delete failed.answer;
  serve([failed]);
  await connect();
  await screen.findByText('There is nothing about profit.');
  expect(screen.getByText('Near: price.')).toBeDefined();
  const [starter = ''] = exampleSchema().starters;
  await userEvent.click(await screen.findByRole('button', { name: starter }));
  await waitFor(() =>
    expect(FakeSocket.last.sent).toEqual([{ type: 'query', query: starter, standalone: true }]),
  );
});
