// @vitest-environment node
import { expect, test } from 'vitest';
import { restingPlace } from '../../src/features/conversation/use_follow_end';

test('a short last turn is shown to its end, a long one from its beginning', () => {
  expect(restingPlace({ scrollHeight: 2000, clientHeight: 600, lastTop: 1600 })).toBe(1400);
  expect(restingPlace({ scrollHeight: 2000, clientHeight: 600, lastTop: 900 })).toBe(880);
  expect(restingPlace({ scrollHeight: 400, clientHeight: 600, lastTop: 0 })).toBe(0);
});
