import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Answer, Turn } from '../../src/api/protocol';
import { AnswerCard, type AnswerActions } from '../../src/features/answer/answer_card';
import { confidenceLevel } from '../../src/features/answer/confidence';
import { exampleAnswer, read } from '../support/examples';

const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

function turnOf(answer: Answer): Turn {
  return {
    id: answer.turn_id,
    question: answer.question,
    sql: answer.sql,
    written_by_person: false,
    state: 'answered',
    answer,
    created_at: 1,
  };
}

function actions(): AnswerActions {
  return {
    ask: vi.fn(),
    runSql: vi.fn(),
    chooseChart: vi.fn(),
    keepRows: vi.fn(),
    giveFeedback: vi.fn(),
  };
}

function show(answer: Answer, given = actions()) {
  const view = render(<AnswerCard turn={turnOf(answer)} schema={undefined} actions={given} />);
  return { ...view, actions: given };
}

/** Every text of an answer replaced by markup. */
function hostileAnswer(): Answer {
  const answer = exampleAnswer();
  return {
    ...answer,
    question: hostile,
    standalone_question: hostile,
    sql: `SELECT '${hostile}'`,
    summary: hostile,
    results: {
      columns: [
        { name: hostile, type: 'text' },
        { name: 'b', type: 'text' },
      ],
      rows: [
        [hostile, 'javascript:alert(1)'],
        ['"><svg onload=alert(1)>', null],
      ],
      truncated: true,
    },
    visualization: {
      kind: 'table',
      title: hostile,
      reason: hostile,
      chosen_by: 'rules',
      available: ['table', 'bar'],
      notes: [hostile],
    },
    verification: {
      confidence: 0.4,
      warnings: [hostile],
      candidates: [{ sql: `SELECT ${hostile}`, state: 'rows', score: 1 }],
    },
    explanation: { text: hostile, tables: [hostile], columns: [hostile], values: [hostile] },
  };
}

test('what comes from the server is text, never markup', async () => {
  const { container } = show(hostileAnswer());
  for (const name of ['SQL', 'Based on', 'Alternatives (1)']) {
    await userEvent.click(screen.getByRole('button', { name }));
    expect(container.querySelector('img, script, svg[onload], [onerror]')).toBeNull();
  }
  await userEvent.click(screen.getByRole('button', { name: 'Kind of chart' }));
  expect(container.querySelector('img, script, svg[onload], [onerror]')).toBeNull();
  expect(screen.getAllByText(hostile).length).toBeGreaterThan(4);
  for (const link of container.querySelectorAll('a')) {
    expect(link.getAttribute('href')).toMatch(/^\/api\/sessions\//);
  }
});

test('confidence is said in words that do not promise too much', () => {
  expect(confidenceLevel(0.93).words).toBe('High confidence');
  expect(confidenceLevel(0.6).words).toBe('Medium confidence');
  expect(confidenceLevel(0.1).words).toBe('Low confidence');
  show(exampleAnswer());
  expect(screen.getByText('93%')).toBeDefined();
});

test('a corrected follow-up is asked as it stands', async () => {
  const { actions: given } = show({ ...exampleAnswer(), standalone_question: 'Total by region' });
  await userEvent.click(screen.getByRole('button', { name: 'Correct' }));
  const field = screen.getByRole('textbox', { name: 'The question, standing alone' });
  await userEvent.clear(field);
  await userEvent.type(field, 'Total by city{Enter}');
  expect(given.ask).toHaveBeenCalledWith('Total by city', true);
});

test('nothing can be asked while a question runs', async () => {
  const answer = { ...exampleAnswer(), standalone_question: 'Total by region' };
  show(answer, { ...actions(), ask: undefined, runSql: undefined });
  await userEvent.click(screen.getByRole('button', { name: 'Correct' }));
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ask' }).disabled).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: /Alternatives/ }));
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run this one' }).disabled).toBe(
    true,
  );
});

test('the chart can be shown otherwise, only as the server says it may be', async () => {
  const answer = exampleAnswer();
  const { actions: given } = show(answer);
  await userEvent.click(screen.getByRole('button', { name: 'Kind of chart' }));
  const items = screen.getAllByRole('menuitemradio').map((item) => item.textContent);
  expect(items).toEqual(['Number', 'Table only']);
  await userEvent.click(screen.getByRole('menuitemradio', { name: 'Table only' }));
  expect(given.chooseChart).toHaveBeenCalledWith(answer.turn_id, { kind: 'table' });
});

test('thumbs, with a comment', async () => {
  const answer = exampleAnswer();
  const { actions: given } = show(answer);
  await userEvent.click(screen.getByRole('button', { name: 'A wrong answer' }));
  expect(given.giveFeedback).toHaveBeenCalledWith(answer.turn_id, { verdict: 'down' });
});

test('the downloads go to the server', async () => {
  const answer = exampleAnswer();
  show(answer);
  await userEvent.click(screen.getByRole('button', { name: 'Download the table' }));
  const links = within(screen.getByRole('menu')).getAllByRole('menuitem');
  expect(links.map((link) => link.getAttribute('href'))).toEqual(
    ['csv', 'json', 'xlsx'].map(
      (format) =>
        `/api/sessions/${answer.session_id}/turns/${answer.turn_id}/export?format=${format}`,
    ),
  );
});

test('an answer about the schema has no SQL and claims no confidence', () => {
  show({ ...exampleAnswer(), kind: 'schema', sql: '' });
  expect(screen.queryByRole('button', { name: 'SQL' })).toBeNull();
  expect(screen.queryByText(/confidence/i)).toBeNull();
});

test('two engines that agree, or do not, are named, and the other SQL can be run', async () => {
  const differing = read('Answer.engines_differ.json') as Answer;
  const { actions: given, rerender } = show(differing);
  expect(screen.getByText(/built-in parser it means something else/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
  await userEvent.click(screen.getByRole('button', { name: 'Run this one' }));
  expect(given.runSql).toHaveBeenCalledExactlyOnceWith(differing.authorship?.other_sql);
  await userEvent.click(screen.getByRole('button', { name: /Time per phase/ }));
  expect(screen.getByText(/412 tokens read \(380 known already\)/)).toBeDefined();

  const agreeing = {
    ...differing,
    authorship: read('Authorship.agree.json') as Answer['authorship'],
  } as Answer;
  rerender(<AnswerCard turn={turnOf(agreeing)} schema={undefined} actions={given} />);
  expect(screen.getByText(/and the built-in parser agree/)).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Compare' })).toBeNull();
});

test('where there is no language model, nobody reads of one', () => {
  const alone = {
    ...exampleAnswer(),
    authorship: read('Authorship.parser_alone.json') as Answer['authorship'],
  } as Answer;
  const { container } = show(alone);
  expect(container.textContent).not.toMatch(/parser|model/i);
});
