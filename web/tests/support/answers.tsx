// An answer card with what a conversation gives it.
import { useMemo } from 'react';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import type { Answer, Resolution, Turn } from '../../src/api/protocol';
import { AnswerCard, type AnswerActions } from '../../src/features/answer/answer_card';
import { readingOf } from '../../src/features/clarification/readings';
import { MarkedQuestion } from '../../src/features/explanation/marked_question';
import { useMarks } from '../../src/features/explanation/use_marks';

export function turnOf(answer: Answer): Turn {
  return {
    id: answer.turn_id,
    question: answer.question,
    sql: answer.sql,
    written_by_person: false,
    state: 'answered',
    answer,
    created_at: 1,
  };
}

export function answerActions(): AnswerActions {
  return {
    ask: vi.fn(),
    runSql: vi.fn(),
    choose: vi.fn(),
    forget: vi.fn(),
    chooseChart: vi.fn(),
    keepRows: vi.fn(),
    giveFeedback: vi.fn(),
  };
}

interface ShownAnswerProps {
  turn: Turn;
  kept?: readonly Resolution[] | undefined;
  chosen?: string | undefined;
  actions: AnswerActions;
}

/** The question above it, with its marks, as in a turn. */
export function ShownAnswer({ turn, kept, chosen, actions }: ShownAnswerProps) {
  const reading = useMemo(() => readingOf(turn.answer as Answer), [turn]);
  const marks = useMarks(reading, turn.answer?.explanation);
  return (
    <>
      <h2>{!reading.rewritten && <MarkedQuestion text={reading.text} marks={marks} />}</h2>
      <AnswerCard
        turn={turn}
        schema={undefined}
        reading={reading}
        marks={marks}
        chosen={chosen}
        kept={kept}
        actions={actions}
      />
    </>
  );
}

export function showAnswer(answer: Answer, given: Partial<ShownAnswerProps> = {}) {
  const actions = given.actions ?? answerActions();
  return { ...render(<ShownAnswer turn={turnOf(answer)} {...given} actions={actions} />), actions };
}
