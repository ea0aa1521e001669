import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Answer } from '../../src/api/protocol';
import { showAnswer } from '../support/answers';
import { read } from '../support/examples';

const answer = () => read('Answer.clarified.json') as Answer;
const question = () => within(screen.getByRole('group', { name: 'Your words' }));
const sentence = () => within(screen.getByRole('group', { name: 'What was looked up' }));
const lit = () => [...document.querySelectorAll('.linked-lit')].map((piece) => piece.textContent);

test('a part of the explanation shows the words that led to it, and the other way round', async () => {
  showAnswer(answer());
  await userEvent.hover(sentence().getByRole('button', { name: 'ordered in May 2024' }));
  expect(lit()).toEqual(['last month', 'ordered in May 2024']);
  await userEvent.unhover(sentence().getByRole('button', { name: 'ordered in May 2024' }));
  expect(lit()).toEqual([]);
  await userEvent.hover(question().getByRole('button', { name: 'orders' }));
  expect(lit()).toEqual(['orders', 'the orders']);
});

test('a tap keeps it, the next tap on it or elsewhere lets it go', async () => {
  showAnswer(answer());
  const tap = (element: Element) => userEvent.pointer({ keys: '[TouchA]', target: element });
  const part = sentence().getByRole('button', { name: 'Counts' });
  await tap(part);
  expect(lit()).toEqual(['How many', 'Counts']);
  expect(part.getAttribute('aria-pressed')).toBe('true');
  await tap(part);
  expect(lit()).toEqual([]);
  await tap(part);
  await tap(question().getByRole('button', { name: 'orders' }));
  expect(lit()).toEqual(['orders', 'the orders']);
  await tap(screen.getByText('There are 42 orders.'));
  expect(lit()).toEqual([]);
});

test('with the keyboard: one stop each, arrows from piece to piece, Enter keeps, Escape ends', async () => {
  showAnswer(answer());
  const [first, second, third] = question().getAllByRole('button');
  expect([first, second, third].map((piece) => piece?.tabIndex)).toEqual([0, -1, -1]);
  await userEvent.tab();
  expect(document.activeElement).toBe(first);
  await userEvent.keyboard('{ArrowRight}');
  expect(document.activeElement).toBe(second);
  expect([first, second, third].map((piece) => piece?.tabIndex)).toEqual([-1, 0, -1]);
  await userEvent.keyboard('{End}{Enter}');
  expect(lit()).toEqual(['last month', 'ordered in May 2024']);
  expect(screen.getByText('Led to “ordered in May 2024”.').getAttribute('aria-live')).toBe(
    'polite',
  );
  await userEvent.keyboard('{Escape}');
  expect(lit()).toEqual([]);
  await userEvent.keyboard('{Home}{ArrowLeft}');
  expect(document.activeElement).toBe(first);
  await userEvent.tab();
  expect(document.activeElement).toBe(sentence().getAllByRole('button')[0]);
});

test('words that led to nothing are marked, and named below', () => {
  const given = answer();
  given.question = 'How many cheap orders?';
  delete given.read_question;
  given.explanation = {
    ...given.explanation,
    parts: [{ kind: 'measure', text: 'Counts the orders.', words: [{ begin: 0, end: 8 }] }],
    unused_words: [{ begin: 9, end: 14 }],
  };
  showAnswer(given);
  expect(question().getByText('cheap').className).toBe('linked-unused');
  expect(screen.getByText(/^Not used:/).textContent).toBe('Not used: cheap');
});

test('an explanation without parts is a sentence, and nothing more', () => {
  const given = answer();
  delete given.explanation.parts;
  delete given.explanation.unused_words;
  showAnswer(given);
  expect(screen.getByText(/What was looked up/).parentElement?.textContent).toBe(
    'What was looked up: Counts the orders ordered in May 2024.',
  );
  expect(screen.queryByRole('group', { name: 'Your words' })).toBeNull();
});

test('the mouse passing over a kept part changes nothing', async () => {
  showAnswer(answer());
  await userEvent.click(sentence().getByRole('button', { name: 'Counts' }));
  fireEvent.pointerEnter(question().getByRole('button', { name: 'orders' }), {
    pointerType: 'mouse',
  });
  expect(lit()).toEqual(['How many', 'Counts']);
});
