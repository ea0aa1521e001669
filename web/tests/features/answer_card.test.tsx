import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Answer, Finding } from '../../src/api/protocol';
import { doubtsOf } from '../../src/features/answer/doubts';
import { judge, oddsOf } from '../../src/features/answer/judgement';
import {
  answerActions as actions,
  showAnswer as show,
  ShownAnswer,
  turnOf,
} from '../support/answers';
import { exampleAnswer, read } from '../support/examples';

const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

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
      findings: [
        {
          kind: 'no_rows',
          repaired: false,
          text: hostile,
          offers: [{ label: hostile, question: hostile }],
        },
      ],
      candidates: [{ sql: `SELECT ${hostile}`, state: 'rows', score: 1 }],
    },
    explanation: {
      text: hostile,
      tables: [hostile],
      columns: [hostile],
      values: [hostile],
      parts: [{ kind: 'measure', text: hostile, words: [{ begin: 0, end: hostile.length }] }],
      unused_words: [{ begin: 0, end: 4 }],
    },
    clarification: {
      id: 'x',
      ambiguity: 'reading',
      text: hostile,
      options: [
        { id: 'a', label: hostile, detail: hostile },
        { id: 'b', label: hostile },
      ],
    },
    resolutions: [{ clarification: 'y', option: 'a', phrase: hostile, label: hostile }],
  };
}

test('what comes from the server is text, never markup', async () => {
  const { container } = show(hostileAnswer());
  for (const name of ['SQL', 'Based on', 'Alternatives (1)', 'Choose']) {
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

test('how sure an answer is: in words, out of so many, never all and never none', () => {
  expect(judge({ confidence: 0.91, sure: true })).toEqual({
    sure: true,
    level: 'high',
    words: 'Quite sure',
    odds: '9 of 10 such answers are right',
  });
  expect(judge({ confidence: 0.6, sure: true }).words).toBe('Fairly sure');
  expect(judge({ confidence: 0.5, sure: true }).words).toBe('Not too sure');
  expect(judge({ confidence: 0.6, sure: false }).words).toBe('Not sure');
  expect(judge({ confidence: 0.1, sure: false }).words).toBe('More a guess than an answer');
  expect(oddsOf(0.1)).toBe('1 of 10 such answers is right');
  expect(oddsOf(1)).toMatch(/^99 of 100 /);
  expect(oddsOf(0)).toMatch(/^fewer than 1 of 10 /);
  // Answers that were kept before there was a threshold.
  expect([judge({ confidence: 0.6 }).sure, judge({ confidence: 0.4 }).sure]).toEqual([true, false]);
});

test('more confidence is never said in words or odds of less', () => {
  const steps = Array.from({ length: 101 }, (_, n) => n / 100);
  const share = (text: string) => {
    const [, right, all] = /(\d+) of (\d+)/.exec(text) ?? [];
    return Number(right) / Number(all);
  };
  const above = steps.filter((confidence) => confidence >= 0.05);
  above.slice(1).forEach((confidence, n) => {
    expect(share(oddsOf(confidence))).toBeGreaterThanOrEqual(share(oddsOf(above[n] ?? 0)));
    expect(Math.abs(share(oddsOf(confidence)) - confidence)).toBeLessThan(0.06);
  });
  const order = ['Not too sure', 'Fairly sure', 'Quite sure', 'Very sure'];
  const words = steps.map((confidence) => order.indexOf(judge({ confidence, sure: true }).words));
  expect(words).toEqual([...words].sort((a, b) => a - b));
});

test('what speaks against an answer: remarks that are open, unused words, other readings', () => {
  const answer = read('Answer.offers_a_card.json') as Answer;
  const mended = read('Finding.repaired.json') as Finding;
  const open = read('Finding.nothing_matches.json') as Finding;
  const doubts = (warnings: string[], findings: Finding[]) =>
    doubtsOf({ ...answer, verification: { ...answer.verification, warnings, findings } });
  const remarks = 'There is something to look out for: see the remarks.';
  expect(doubts([], [mended])).toEqual(['“last month” can be read in another way.']);
  expect(doubts([], [mended, open])).toContain(remarks);
  expect(doubts(['Odd.'], [])).toContain(remarks);
  expect(doubtsOf(exampleAnswer())).toEqual([]);
  expect(doubtsOf(read('Answer.engines_differ.json') as Answer)).toEqual([
    'The language model and the built-in parser read the question differently.',
  ]);
});

test('an unsure answer says so first, with what speaks against it; a sure one on demand', async () => {
  const answer = read('Answer.offers_a_card.json') as Answer;
  const { unmount } = show(answer);
  expect(screen.queryByRole('list', { name: 'What speaks against it' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'What speaks against it' }));
  expect(screen.getByText('“last month” can be read in another way.')).toBeDefined();
  unmount();

  const unsure: Answer = {
    ...answer,
    explanation: { ...answer.explanation, unused_words: [{ begin: 0, end: 3 }], parts: [] },
    verification: { ...answer.verification, confidence: 0.4, sure: false },
  };
  const { container } = show(unsure);
  expect(container.querySelector('.answer-unsure')).not.toBeNull();
  expect(container.querySelector('.answer')?.firstElementChild?.textContent).toMatch(/^Not sure/);
  const against = screen.getByRole('list', { name: 'What speaks against it' });
  expect(within(against).getByText('“How” led to nothing in the answer.')).toBeDefined();
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
  show(answer, { actions: { ...actions(), ask: undefined, runSql: undefined } });
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
  const { container } = show({ ...exampleAnswer(), kind: 'schema', sql: '' });
  expect(screen.queryByRole('button', { name: 'SQL' })).toBeNull();
  expect(container.querySelector('.confidence')).toBeNull();
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
  rerender(<ShownAnswer turn={turnOf(agreeing)} actions={given} />);
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
