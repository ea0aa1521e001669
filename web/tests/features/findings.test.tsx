import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Finding } from '../../src/api/protocol';
import { Findings } from '../../src/features/answer/findings';
import { read } from '../support/examples';

const nothing = read('Finding.nothing_matches.json') as Finding;
const repaired = read('Finding.repaired.json') as Finding;

test('a finding says what it is, and its offer asks the whole question', async () => {
  const ask = vi.fn();
  render(<Findings findings={[nothing, repaired]} onAsk={ask} />);
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    expect.stringMatching(/^Look out: No customer has the city/),
    expect.stringMatching(/^Mended: /),
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Berlin' }));
  expect(ask).toHaveBeenCalledExactlyOnceWith('How many customers in Berlin?');
  expect(screen.queryByRole('button', { name: /more remark/ })).toBeNull();
});

test('two are open, the rest is folded', async () => {
  const findings = ['a', 'b', 'c', 'd'].map((text) => ({ ...repaired, text }));
  render(<Findings findings={findings} onAsk={undefined} />);
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: '2 more remarks' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(4);
  await userEvent.click(screen.getByRole('button', { name: 'Show fewer' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
});

test('while a question runs, no offer can be taken; without findings there is nothing', () => {
  const { container, rerender } = render(<Findings findings={[nothing]} onAsk={undefined} />);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Berlin' }).disabled).toBe(true);
  rerender(<Findings findings={[]} onAsk={undefined} />);
  expect(container.childElementCount).toBe(0);
});
