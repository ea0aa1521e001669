// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer, Turn } from '../../src/api/protocol';
import { chosenOption, isInForce, readingOf } from '../../src/features/clarification/readings';
import { exampleAnswer, read } from '../support/examples';

function asked(question: string, more: Partial<Answer> = {}) {
  return readingOf({ ...exampleAnswer(), question, ...more });
}

function placed(question: string, readAs: string, words: string) {
  const reading = asked(question, { read_question: readAs });
  const begin = readAs.indexOf(words);
  const { begin: from, end } = reading.place({ begin, end: begin + words.length });
  return { ...reading, words: reading.text.slice(from, end) };
}

test('blanks and words for a picture are no rewriting: the words stay where they were written', () => {
  for (const [question, readAs] of [
    ['How many  orders per store?', 'How many orders per store?'],
    ['How many orders per store as a pie?', 'How many orders per store?'],
    ['Show as bars how many orders per store', 'Show how many orders per store'],
    ['Pie chart: orders per store', 'orders per store'],
    ['Orders per store, please draw it', 'Orders per store'],
  ] as const) {
    const { rewritten, text, words } = placed(question, readAs, 'per store');
    expect([rewritten, text, words]).toEqual([false, question.replace(/\s+/g, ' '), 'per store']);
  }
});

test('a follow-up, or another question, is shown as it was read', () => {
  const follow = asked('and in Lyon?', { standalone_question: 'How many customers in Lyon?' });
  expect([follow.rewritten, follow.text]).toEqual([true, 'How many customers in Lyon?']);
  const other = asked('How many?', { read_question: 'How many customers?' });
  expect([other.rewritten, other.text]).toEqual([true, 'How many customers?']);
  expect(other.place({ begin: 1, end: 4 })).toEqual({ begin: 1, end: 4 });
});

test('wherever words were left out, what remains is found again', () => {
  const word = fc.stringMatching(/^[a-c]{1,3}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 6 }),
      fc.array(word, { maxLength: 3 }),
      fc.nat(6),
      fc.nat(5),
      (words, more, where, which) => {
        const at = Math.min(where, words.length);
        const question = [...words.slice(0, at), ...more, ...words.slice(at)].join(' ');
        const meant = words[which % words.length] ?? '';
        const { rewritten, words: found } = placed(question, words.join(' '), meant);
        expect(rewritten).toBe(false);
        expect(found.replaceAll(' ', '')).toContain(meant);
      },
    ),
  );
});

const back = read('Answer.asked_back.json') as Answer;
const clarified = read('Answer.clarified.json') as Answer;
const turn = (answer: Answer, clarifies?: number): Turn => ({
  id: answer.turn_id,
  question: answer.question,
  sql: '',
  written_by_person: false,
  state: 'answered',
  answer,
  created_at: 1,
  ...(clarifies === undefined ? {} : { clarifies }),
});

test('what was chosen: as the new turn was read, else as chosen here, else as the session keeps', () => {
  const card = turn(back);
  const unanswered = turn(clarified, 7);
  delete unanswered.answer;
  const kept = [{ clarification: 'date:orders', option: 'kept', phrase: '', label: '' }];
  expect(chosenOption(card, [card], undefined, kept)).toBeUndefined();
  expect(chosenOption(card, [card, turn(clarified, 7)], 'here', kept)).toBe('orders.ordered_at');
  expect(chosenOption(card, [card, unanswered], 'here', kept)).toBe('here');
  expect(chosenOption(card, [card, unanswered], undefined, kept)).toBe('kept');
  expect(chosenOption(card, [card, unanswered], undefined, undefined)).toBeUndefined();
});

test('a choice is in force until the session is known not to keep it', () => {
  const [choice] = clarified.resolutions ?? [];
  if (!choice) throw new Error('the example has no choice');
  expect(isInForce(choice, undefined)).toBe(true);
  expect(isInForce(choice, [{ ...choice, created_at: 5 }])).toBe(true);
  expect(isInForce(choice, [{ ...choice, option: 'another' }])).toBe(false);
  expect(isInForce(choice, [])).toBe(false);
});
