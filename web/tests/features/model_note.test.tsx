import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Health, ModelStatus } from '../../src/api/protocol';
import { ModelNote } from '../../src/features/model/model_note';
import { useModelStatus } from '../../src/features/model/use_model_status';
import { read } from '../support/examples';
import { installFakeServer } from '../support/fake_server';

afterEach(() => {
  vi.useRealTimers();
});

test('every state says what it means for whoever asks', () => {
  const { rerender, container } = render(<ModelNote status={undefined} />);
  expect(container.textContent).toBe('');
  rerender(<ModelNote status={read('ModelStatus.none.json') as ModelStatus} />);
  expect(container.textContent).toBe('Built-in parser');
  rerender(<ModelNote status={read('ModelStatus.starting.json') as ModelStatus} />);
  expect(screen.getByRole('status').textContent).toBe('qwen2.5-coder-7bloading…');
  rerender(<ModelNote status={read('ModelStatus.failed.json') as ModelStatus} />);
  expect(container.textContent).toMatch(/The built-in parser answers alone\. llama-server ended/);
});

test('a model that loads is asked for until it is there, and a server that is away changes nothing', async () => {
  vi.useFakeTimers();
  const health = read('Health.ok.json') as Health;
  let state: ModelStatus['state'] | 'away' = 'starting';
  const calls = installFakeServer({
    'GET /api/health': () =>
      state === 'away'
        ? { status: 503, body: { success: false, error: { code: 'unavailable', message: 'x' } } }
        : { body: { ...health, model: { ...health.model, state } } },
  });
  function Note() {
    return <ModelNote status={useModelStatus()} />;
  }
  render(<Note />);
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  await pass(0);
  expect(screen.getByText('loading…')).toBeDefined();
  state = 'ready';
  await pass(2_100);
  expect(screen.getByText('ready')).toBeDefined();
  state = 'away';
  await pass(20_100);
  expect(calls).toHaveLength(3);
  expect(screen.getByText('ready')).toBeDefined();
});
