import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Answer, Clarification, Resolution } from '../../src/api/protocol';
import { ClarificationCard } from '../../src/features/clarification/clarification_card';
import { takenOption } from '../../src/features/clarification/readings';
import { UnclearQuestion } from '../../src/features/clarification/unclear_question';
import { showAnswer } from '../support/answers';
import { read } from '../support/examples';

const card = read('Clarification.date.json') as Clarification;
const [ordered, shipped] = card.options;

type Given = Partial<Parameters<typeof ClarificationCard>[0]>;

function show(given: Given = {}) {
  const calls = { onChoose: vi.fn(), onLikeliest: vi.fn(), onReword: vi.fn() };
  const props = {
    card,
    chosen: undefined,
    settled: false,
    arrived: false,
    hotkeys: true,
    ...calls,
    ...given,
  };
  const view = render(<ClarificationCard {...props} />);
  return {
    ...calls,
    again: (more: Given) => view.rerender(<ClarificationCard {...props} {...more} />),
  };
}

const choices = () => within(screen.getByRole('group', { name: card.text })).getAllByRole('button');

test('the choices are buttons with what they mean; one click chooses', async () => {
  const { onChoose } = show();
  expect(choices().map((choice) => choice.querySelector('.choice-label')?.textContent)).toEqual([
    ordered.label,
    shipped.label,
  ]);
  expect(screen.getByText(shipped.detail ?? '')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: /shipped at/i }));
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(shipped.id);
});

test('the keys 1 to 5 choose, and only what there is', async () => {
  const { onChoose } = show();
  await userEvent.keyboard('32');
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(shipped.id);
});

test('a digit that is typed into the question stays a digit', async () => {
  const { onChoose } = show();
  render(<textarea aria-label="Box" />);
  await userEvent.type(screen.getByRole('textbox', { name: 'Box' }), '1');
  expect(onChoose).not.toHaveBeenCalled();
});

test('an older card does not take the keys, unless it has the focus', async () => {
  const { onChoose } = show({ hotkeys: false });
  await userEvent.keyboard('1');
  expect(onChoose).not.toHaveBeenCalled();
  choices()[0]?.focus();
  await userEvent.keyboard('1');
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(ordered.id);
});

test('the arrow keys go around', async () => {
  show({ arrived: true });
  const [first, second] = choices();
  expect(document.activeElement).toBe(first);
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(second);
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(first);
  await userEvent.keyboard('{ArrowUp}');
  expect(document.activeElement).toBe(second);
});

test('a card that arrives takes the focus, but not from someone who writes', () => {
  render(<textarea aria-label="Box" defaultValue="and the" />);
  const box = screen.getByRole('textbox', { name: 'Box' });
  box.focus();
  show({ arrived: true });
  expect(document.activeElement).toBe(box);
});

test('while a question runs nothing can be chosen, and the focus stays', async () => {
  const { again } = show({ arrived: true });
  again({ onChoose: undefined, onLikeliest: undefined });
  const [first] = choices();
  expect(document.activeElement).toBe(first);
  expect(first?.getAttribute('aria-disabled')).toBe('true');
  await userEvent.keyboard('{Enter}1');
  await userEvent.click(first as HTMLElement);
  expect(
    screen.getByRole<HTMLButtonElement>('button', { name: 'Show the likeliest' }).disabled,
  ).toBe(true);
});

test('once chosen it says what, and can be changed', async () => {
  const { onChoose, again } = show();
  again({ settled: true, chosen: ordered.id });
  expect(screen.getByRole('status').textContent).toMatch(/You chose ordered at\./);
  expect(screen.queryByRole('group')).toBeNull();
  await userEvent.keyboard('2');
  expect(onChoose).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Change' }));
  expect(choices().map((choice) => choice.getAttribute('aria-pressed'))).toEqual(['true', 'false']);
  await userEvent.click(choices()[1] as HTMLElement);
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(shipped.id);
  expect(screen.queryByRole('group')).toBeNull();
});

test('none of these, or just the likeliest', async () => {
  const { onReword, onLikeliest } = show();
  await userEvent.click(screen.getByRole('button', { name: /None of these/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Show the likeliest' }));
  expect([onReword, onLikeliest].map((call) => call.mock.calls.length)).toEqual([1, 1]);
});

test('the unclear words are marked, none where the whole question is', () => {
  const text = 'How many orders last month?';
  const { container, rerender } = render(<UnclearQuestion text={text} phrase={card.phrase} />);
  expect(container.querySelector('mark')?.textContent).toBe('last month');
  for (const phrase of [undefined, { begin: 3, end: 3 }, { begin: 0, end: 99 }]) {
    rerender(<UnclearQuestion text={text} phrase={phrase} />);
    expect(container.querySelector('mark')).toBeNull();
    expect(container.textContent).toBe(text);
  }
});

const offering = () => read('Answer.offers_a_card.json') as Answer;

test('an answer says in one line how it read unclear words, with the others behind it', async () => {
  const { actions } = showAnswer(offering());
  const change = screen.getByRole('button', { name: 'Change' });
  expect(change.getAttribute('aria-describedby')).toBe(screen.getByText(/^Read/).id);
  expect(screen.getByText(/^Read/).textContent).toBe('Read last month as ordered at');
  await userEvent.click(change);
  expect(choices().map((choice) => choice.getAttribute('aria-pressed'))).toEqual(['true', 'false']);
  await userEvent.click(choices()[1] as HTMLElement);
  expect(actions.choose).toHaveBeenCalledExactlyOnceWith(9, card.id, shipped.id);
  expect(screen.queryByRole('group', { name: card.text })).toBeNull();
});

test('the option that an answer was read by: the one it uses, else the first', () => {
  const answer = offering();
  expect(takenOption(answer, card)).toBe(ordered.id);
  answer.explanation.columns = [shipped.id];
  expect(takenOption(answer, card)).toBe(shipped.id);
  answer.explanation.columns = [];
  expect(takenOption(answer, card)).toBe(ordered.id);
});

test('of a question that is unclear as a whole, the explanation says how it was read', async () => {
  const answer = offering();
  const whole = read('Clarification.reading.json') as Clarification;
  showAnswer({ ...answer, clarification: whole });
  expect(screen.getByText('There is another way to read this question')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Choose' }));
  const pressed = within(screen.getByRole('group', { name: whole.text }))
    .getAllByRole('button')
    .map((choice) => choice.getAttribute('aria-pressed'));
  expect(pressed).toEqual(['true', 'false']);
});

test('earlier choices are said, can be forgotten, and the question asked again without', async () => {
  const answer = read('Answer.clarified.json') as Answer;
  const kept = answer.resolutions as Resolution[];
  const { actions, unmount } = showAnswer(answer, { kept });
  expect(screen.getByRole('list', { name: 'Your earlier choices' }).textContent).toMatch(
    /last month means ordered at, as you chose/,
  );
  await userEvent.click(screen.getByRole('button', { name: /^Forget that last month means/ }));
  expect(actions.forget).toHaveBeenCalledExactlyOnceWith(card.id);
  unmount();

  const { actions: after } = showAnswer(answer, { kept: [] });
  expect(screen.queryByRole('button', { name: /^Forget/ })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
  expect(after.ask).toHaveBeenCalledExactlyOnceWith(answer.question, true);
});
