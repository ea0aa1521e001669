// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  linkInWords,
  litBy,
  questionPieces,
  unusedWords,
  type LinkedPart,
} from '../../src/features/explanation/question_marks';

const question = 'How many cheap orders last month?';
const at = (words: string) => {
  const begin = question.indexOf(words);
  return { begin, end: begin + words.length };
};
const parts: LinkedPart[] = [
  { text: 'Counts', words: [at('How'), at('many')] },
  { text: ' the orders', words: [at('orders')] },
  { text: ' ordered in May 2024', words: [at('last month'), at('orders')] },
  { text: '.', words: [] },
];
const pieces = questionPieces(question, parts, [at('cheap')]);

test('words become pieces; neighbours that led to the same are one', () => {
  expect(pieces.map(({ text, parts: led, unused }) => [text, led, unused])).toEqual([
    ['How many', [0], false],
    [' ', [], false],
    ['cheap', [], true],
    [' ', [], false],
    ['orders', [1, 2], false],
    [' ', [], false],
    ['last month', [2], false],
    ['?', [], false],
  ]);
  expect(unusedWords(pieces)).toEqual(['cheap']);
});

test('a part shows its words, a word its parts, nothing nothing', () => {
  expect([...litBy({ side: 'explanation', index: 2 }, pieces).pieces]).toEqual([4, 6]);
  expect([...litBy({ side: 'explanation', index: 2 }, pieces).parts]).toEqual([2]);
  expect([...litBy({ side: 'question', index: 4 }, pieces).parts]).toEqual([1, 2]);
  expect(litBy(undefined, pieces).parts.size).toBe(0);
  expect(linkInWords({ side: 'explanation', index: 2 }, pieces, parts)).toBe(
    'From “orders”, “last month”.',
  );
  expect(linkInWords({ side: 'question', index: 0 }, pieces, parts)).toBe('Led to “Counts”.');
  expect(linkInWords(undefined, pieces, parts)).toBe('');
});

test('two unused words side by side are one, a used word between them keeps them apart', () => {
  const words = (text: string, ...unused: [number, number][]) =>
    unusedWords(
      questionPieces(
        text,
        [{ text: 'x', words: [{ begin: 4, end: 5 }] }],
        unused.map(([begin, end]) => ({ begin, end })),
      ),
    );
  expect(words('a b c d', [0, 1], [2, 3])).toEqual(['a b']);
  expect(words('a b c d', [2, 3], [6, 7])).toEqual(['b', 'd']);
});

test('offsets are UTF-16 code units, and what lies outside is left out', () => {
  const text = '😀 wie viele';
  const range = { begin: text.indexOf('viele'), end: text.length };
  const beyond = { begin: 3, end: 99 };
  const made = questionPieces(text, [{ text: 'x', words: [range, beyond] }], [beyond]);
  expect(made).toEqual([
    { text: '😀 wie ', parts: [], unused: false },
    { text: 'viele', parts: [0], unused: false },
  ]);
});

test('whatever the ranges are, the pieces joined are the question', () => {
  const range = fc.record({
    begin: fc.integer({ min: -2, max: 30 }),
    end: fc.integer({ min: -2, max: 30 }),
  });
  const part = fc.record({ text: fc.string(), words: fc.array(range, { maxLength: 4 }) });
  fc.assert(
    fc.property(
      fc.string({ maxLength: 25 }),
      fc.array(part, { maxLength: 5 }),
      fc.array(range, { maxLength: 4 }),
      (text, given, unused) => {
        const made = questionPieces(text, given, unused);
        expect(made.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of made) {
          expect(piece.unused && piece.parts.length > 0).toBe(false);
          for (const index of piece.parts) expect(given[index]).toBeDefined();
        }
      },
    ),
  );
});
