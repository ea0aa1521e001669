// The page as a person uses it, against a server in memory.
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { Conversation, ServerMessage, Session } from '../../src/api/protocol';
import { App } from '../../src/app/app';
import { sessionOf } from '../../src/app/route';
import { exampleAnswer, exampleConversation, exampleSchema } from '../support/examples';
import {
  FakeSocket,
  installFakeServer,
  installFakeSockets,
  type Route,
} from '../support/fake_server';
import { faults } from '../support/validate';

const { session } = exampleConversation();
const fresh: Session = { ...session, name: '', tags: [], turn_count: 0 };
const path = `/api/sessions/${session.id}`;

function serve(conversation: Conversation, more: Record<string, Route> = {}) {
  installFakeSockets();
  return installFakeServer({
    'GET /api/schema': () => ({ body: exampleSchema() }),
    'GET /api/sessions': () => ({ body: { sessions: [conversation.session], total: 1 } }),
    'POST /api/sessions': () => ({ status: 201, body: conversation.session }),
    [`GET ${path}`]: () => ({ body: conversation }),
    ...more,
  });
}

function deliver(...messages: ServerMessage[]) {
  act(() => {
    for (const message of messages) {
      expect(faults('ServerMessage', message)).toBe('');
      FakeSocket.last.deliver(message);
    }
  });
}

const hello: ServerMessage = { type: 'hello', session_id: session.id, seq: 5 };
const started: ServerMessage = {
  type: 'started',
  seq: 6,
  turn_id: 1,
  question: 'How many customers are there?',
  session_name: 'How many customers are there?',
  timestamp: 1,
};
const progress: ServerMessage = {
  type: 'progress',
  seq: 7,
  turn_id: 1,
  phase: 'generating',
  message: 'Writing SQL',
  progress: 40,
  elapsed_ms: 12,
  timestamp: 2,
};

beforeEach(() => window.history.replaceState(null, '', '/'));

test('a starter is asked, watched, and answered', async () => {
  serve({ session: fresh, turns: [], seq: 5 });
  render(<App />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'How many customers are there?' }),
  );
  await waitFor(() => expect(window.location.pathname).toBe(`/s/${session.id}`));
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  expect(FakeSocket.last.sent).toEqual([]);
  deliver(hello);
  await waitFor(() => expect(FakeSocket.last.sent).toHaveLength(1));
  expect(faults('ClientMessage', FakeSocket.last.sent[0])).toBe('');
  deliver(started, progress);
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
  deliver({
    type: 'result',
    seq: 8,
    turn_id: 1,
    success: true,
    data: { ...exampleAnswer(), turn_id: 1 },
  });
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.getAllByText(exampleAnswer().summary).length).toBeGreaterThan(0);
  expect(FakeSocket.last.sent).toHaveLength(1);
});

test('coming back to a conversation does not ask its first question again', async () => {
  serve({ session: fresh, turns: [], seq: 5 });
  render(<App />);
  const starter = { name: 'How many customers are there?' };
  await userEvent.click(await screen.findByRole('button', starter));
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  deliver(hello);
  await waitFor(() => expect(FakeSocket.last.sent).toHaveLength(1));
  deliver(started);
  await userEvent.click(screen.getByRole('button', { name: 'New conversation' }));
  await userEvent.click(screen.getByRole('link', { name: /New conversation/ }));
  await waitFor(() => expect(FakeSocket.all).toHaveLength(2));
  deliver(hello);
  expect(FakeSocket.last.sent).toEqual([]);
});

test('Escape stops a running question', async () => {
  serve({ session: fresh, turns: [], seq: 5 });
  window.history.replaceState(null, '', `/s/${session.id}`);
  render(<App />);
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  deliver(hello, started, progress);
  await userEvent.keyboard('{Escape}');
  expect(FakeSocket.last.sent).toEqual([{ type: 'cancel' }]);
  expect(screen.getByText('Stopping…')).toBeDefined();
  deliver({ type: 'cancelled', seq: 9, turn_id: 1, elapsed_ms: 30 });
  expect(screen.getByText('You stopped this question.')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Ask again' })).toBeDefined();
});

function conversationThatRuns() {
  const running = exampleConversation();
  running.turns = [
    {
      id: 1,
      question: 'How many?',
      sql: '',
      written_by_person: false,
      state: 'running',
      created_at: 1,
    },
  ];
  return running;
}

test('Escape right after a reload is heard once the connection stands', async () => {
  serve(conversationThatRuns());
  window.history.replaceState(null, '', `/s/${session.id}`);
  render(<App />);
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  await screen.findByRole('progressbar');
  await userEvent.keyboard('{Escape}');
  expect(FakeSocket.last.sent).toEqual([]);
  deliver({ ...hello, running_turn: 1 } as ServerMessage, started);
  await waitFor(() => expect(FakeSocket.last.sent).toEqual([{ type: 'cancel' }]));
  deliver({ type: 'cancelled', seq: 9, turn_id: 1, elapsed_ms: 30 });
  expect(screen.getByText('You stopped this question.')).toBeDefined();
});

test('a reload in the middle finds the question again', async () => {
  serve(conversationThatRuns());
  window.history.replaceState(null, '', `/s/${session.id}`);
  render(<App />);
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  expect(FakeSocket.last.url).toMatch(/\?after=0$/);
  deliver({ ...hello, running_turn: 1 } as ServerMessage, started, progress);
  expect(screen.getByText('Writing SQL', { selector: '.running-message' })).toBeDefined();
});

test('a kept conversation is shown with its errors, and a lost connection is said', async () => {
  serve(exampleConversation());
  window.history.replaceState(null, '', `/s/${session.id}`);
  render(<App />);
  await screen.findByText('There are 42 customers.', { selector: '.answer-summary' });
  expect(screen.getByText('This cannot be answered from the data')).toBeDefined();
  deliver(hello);
  act(() => FakeSocket.last.drop());
  expect(screen.getByText(/The connection is lost/)).toBeDefined();
});

test('a conversation that is not there says so', async () => {
  serve(
    { session, turns: [] },
    {
      [`GET ${path}`]: () => ({
        status: 404,
        body: { success: false, error: { code: 'not_found', message: 'x' } },
      }),
    },
  );
  window.history.replaceState(null, '', `/s/${session.id}`);
  render(<App />);
  await userEvent.click(await screen.findByRole('button', { name: 'Start a new one' }));
  expect(window.location.pathname).toBe('/');
});

test('a deleted conversation can be brought back', async () => {
  const calls = serve(
    { session, turns: [], seq: 5 },
    {
      [`DELETE ${path}`]: () => ({ status: 204 }),
      [`POST ${path}/restore`]: () => ({ body: session }),
    },
  );
  render(<App />);
  const list = await screen.findByRole('navigation', { name: 'Conversations' });
  await userEvent.click(
    await within(list).findByRole('button', { name: `Actions for ${session.name}` }),
  );
  await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }));
  expect(within(list).queryByRole('link', { name: session.name })).toBeNull();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await within(list).findByRole('link', { name: session.name })).toBeDefined();
  expect(calls.map((call) => call.route)).toContain(`POST ${path}/restore`);
});

test('a conversation is renamed in place', async () => {
  const calls = serve(
    { session, turns: [], seq: 5 },
    {
      [`PATCH ${path}`]: (body) => ({ body: { ...session, ...(body as object) } }),
    },
  );
  render(<App />);
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${session.name}` }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Rename' }));
  const field = screen.getByRole('textbox', { name: 'Name of the conversation' });
  await userEvent.clear(field);
  await userEvent.type(field, 'Better{Enter}');
  await waitFor(() =>
    expect(calls.find((call) => call.route === `PATCH ${path}`)?.body).toEqual({ name: 'Better' }),
  );
  expect(await screen.findByRole('link', { name: 'Better' })).toBeDefined();
});

test('keys: / to the question, Ctrl+K to the search, ? for help', async () => {
  serve({ session, turns: [], seq: 5 });
  render(<App />);
  await screen.findByRole('link', { name: session.name });
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard('/');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Your question' }));
  await userEvent.keyboard('{Control>}k{/Control}');
  await waitFor(() =>
    expect(document.activeElement).toBe(
      screen.getByRole('searchbox', { name: 'Search conversations' }),
    ),
  );
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('?');
  expect(screen.getByRole('dialog', { name: 'Keyboard' })).toBeDefined();
});

test('a name of the schema goes into the question', async () => {
  serve({ session, turns: [], seq: 5 });
  render(<App />);
  await userEvent.click(await screen.findByRole('button', { name: 'Tables and columns' }));
  const browser = screen.getByRole('complementary', { name: 'Tables and columns' });
  await userEvent.type(within(browser).getByRole('searchbox'), 'berlin');
  await userEvent.click(within(browser).getByRole('button', { name: /^city/ }));
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' }).value).toBe(
    'city ',
  );
});

test('only session addresses are sessions', () => {
  expect(sessionOf(`/s/${session.id}`)).toBe(session.id);
  for (const other of ['/', '/s/', '/s/s_short', `/s/${session.id}/x`, '/s/../../api']) {
    expect(sessionOf(other)).toBeUndefined();
  }
});
