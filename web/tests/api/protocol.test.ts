// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateTypes } from '../../scripts/generate_types.mjs';
import { allExamples } from '../support/examples';
import { faults } from '../support/validate';

test('the types are those of the schema (npm run types)', async () => {
  expect(readFileSync('src/api/protocol.ts', 'utf8')).toBe(await generateTypes());
});

test('there are examples', () => {
  expect(allExamples().length).toBeGreaterThan(20);
});

test.each(allExamples().map((example) => [example.name, example] as const))(
  'the example %s keeps to the schema',
  (_name, example) => {
    expect(faults(example.definition, example.value)).toBe('');
  },
);

test('the check can fail', () => {
  expect(faults('HelloMessage', { type: 'hello', session_id: 'x', seq: 0 })).not.toBe('');
  expect(faults('Nothing', {})).not.toBe('');
});
