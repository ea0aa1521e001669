import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef } from 'react';
import { expect, test, vi } from 'vitest';
import { QuestionBox, type QuestionBoxHandle } from '../../src/features/ask/question_box';
import { pastQuestions, rememberQuestion } from '../../src/features/ask/question_history';

function Box(props: {
  onAsk?: (question: string) => void;
  obstacle?: string;
  running?: boolean;
  onStop?: () => void;
}) {
  const box = useRef<QuestionBoxHandle>(null);
  return (
    <>
      <QuestionBox
        ref={box}
        asked={['first', 'second']}
        obstacle={props.obstacle}
        running={props.running ?? false}
        placeholder="Ask"
        onAsk={props.onAsk ?? (() => undefined)}
        onStop={props.onStop ?? (() => undefined)}
      />
      <button onClick={() => box.current?.insert('orders')}>insert</button>
    </>
  );
}
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' });

test('Enter asks, Shift+Enter makes a line', async () => {
  const onAsk = vi.fn();
  render(<Box onAsk={onAsk} />);
  await userEvent.type(field(), '  How many{Shift>}{Enter}{/Shift}orders? {Enter}');
  expect(onAsk).toHaveBeenCalledExactlyOnceWith('How many\norders?');
  expect(field().value).toBe('');
  await userEvent.type(field(), '   {Enter}');
  expect(onAsk).toHaveBeenCalledOnce();
});

test('arrows bring earlier questions, newest first, and leave written text alone', async () => {
  rememberQuestion('long ago');
  render(<Box />);
  await userEvent.type(field(), '{ArrowUp}');
  expect(field().value).toBe('second');
  await userEvent.type(field(), '{ArrowUp}{ArrowUp}{ArrowUp}');
  expect(field().value).toBe('long ago');
  await userEvent.type(field(), '{ArrowDown}{ArrowDown}{ArrowDown}');
  expect(field().value).toBe('');
  await userEvent.type(field(), 'mine{ArrowUp}');
  expect(field().value).toBe('mine');
});

test('what is entered too early is asked as soon as it can be, and said', async () => {
  const onAsk = vi.fn();
  const { rerender } = render(<Box onAsk={onAsk} obstacle="Loading" />);
  await userEvent.type(field(), 'x{Enter}');
  expect(screen.getByText(/as soon as it can be/)).toBeDefined();
  expect(onAsk).not.toHaveBeenCalled();
  rerender(<Box onAsk={onAsk} />);
  expect(onAsk).toHaveBeenCalledExactlyOnceWith('x');
  expect(field().value).toBe('');
});

test('a question written on after Enter waits for Enter, and so does one beside a running one', async () => {
  const onAsk = vi.fn();
  const { rerender } = render(<Box onAsk={onAsk} obstacle="Loading" />);
  await userEvent.type(field(), 'x{Enter}y');
  rerender(<Box onAsk={onAsk} obstacle="Wait" running />);
  await userEvent.type(field(), '{Enter}');
  rerender(<Box onAsk={onAsk} />);
  expect(onAsk).not.toHaveBeenCalled();
  expect(field().value).toBe('xy');
});

test('what keeps one from asking is said', async () => {
  const onAsk = vi.fn();
  render(<Box onAsk={onAsk} obstacle="Not connected" />);
  await userEvent.type(field(), 'x{Enter}');
  expect(onAsk).not.toHaveBeenCalled();
  expect(screen.getByText(/Not connected/)).toBeDefined();
  expect(field().value).toBe('x');
});

test('while a question runs, the button stops it', async () => {
  const onStop = vi.fn();
  render(<Box running onStop={onStop} />);
  await userEvent.click(screen.getByRole('button', { name: 'Stop the question' }));
  expect(onStop).toHaveBeenCalledOnce();
});

test('a name is inserted at the caret, with blanks around it', async () => {
  render(<Box />);
  await userEvent.type(field(), 'Count');
  await userEvent.click(screen.getByRole('button', { name: 'insert' }));
  expect(field().value).toBe('Count orders ');
});

test('the history has each question once and is bounded', () => {
  for (let i = 0; i < 150; ++i) rememberQuestion(`q${i % 120}`);
  expect(pastQuestions([])).toHaveLength(100);
  expect(pastQuestions(['q3'])[0]).toBe('q3');
  localStorage.setItem('idi.questions', '{"not":"a list"}');
  expect(pastQuestions([])).toEqual([]);
});
