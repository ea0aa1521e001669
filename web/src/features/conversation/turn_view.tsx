import { useMemo } from 'react';
import type { Resolution, Schema, Turn } from '../../api/protocol';
import { formatMoment } from '../../lib/format_time';
import { AnswerCard, type AnswerActions } from '../answer/answer_card';
import { readingOf, type Reading } from '../clarification/readings';
import { MarkedQuestion } from '../explanation/marked_question';
import { UnclearQuestion } from '../clarification/unclear_question';
import { useMarks, type Marks } from '../explanation/use_marks';
import { SqlBlock } from '../sql/sql_block';
import { SqlView } from '../sql/sql_view';
import { AskedBack } from './asked_back';
import type { CardChoice } from './card_choice';
import { beginLive, type LiveTurn } from './live_turn';
import { ProblemCard } from './problem_card';
import { RunningCard } from './running_card';
import { TurnProblem } from './turn_problem';

export interface TurnViewProps {
  turn: Turn;
  live: LiveTurn | undefined;
  schema: Schema | undefined;
  connected: boolean;
  /** It ended just now, before the eyes of whoever asked. */
  arrived: boolean;
  /** Nothing was asked after it. */
  last: boolean;
  choice: CardChoice | undefined;
  /** The choices that the session keeps; undefined: not known yet. */
  kept: readonly Resolution[] | undefined;
  actions: AnswerActions;
  onStop: () => void;
  /** Puts the question into the box, to be asked in other words. */
  onReword: (question: string) => void;
  onDismiss: () => void;
}

export function TurnView(props: TurnViewProps) {
  const { turn, live, schema, connected, choice, kept, actions, onStop, onDismiss } = props;
  const bySql = turn.written_by_person;
  const failed = turn.state === 'failed';
  const { answer } = turn;
  const reading = useMemo(() => answer && readingOf(answer), [answer]);
  const marks = useMarks(reading, answer?.explanation);
  const asksBack = turn.state === 'answered' && answer?.kind === 'clarification';
  const { choose } = actions;
  const card = answer?.clarification;
  return (
    <article className="turn" aria-label={bySql ? 'Your SQL' : turn.question}>
      <header className="turn-question">
        {bySql ? (
          <div className="turn-sql">
            <span>Your SQL</span>
            {failed ? (
              <SqlBlock sql={turn.sql} schema={schema} onRun={actions.runSql} />
            ) : (
              <SqlView sql={turn.sql} small />
            )}
          </div>
        ) : (
          <h2>
            <Question turn={turn} reading={reading} marks={marks} />
          </h2>
        )}
        <time dateTime={new Date(turn.created_at).toISOString()}>
          {formatMoment(turn.created_at, Date.now())}
        </time>
      </header>
      {turn.state === 'running' && (
        <RunningCard
          live={live ?? beginLive(turn.created_at)}
          connected={connected}
          onStop={onStop}
        />
      )}
      {asksBack && reading && <AskedBack {...props} reading={reading} />}
      {turn.state === 'answered' && !asksBack && reading && (
        <AnswerCard
          turn={turn}
          reading={reading}
          schema={schema}
          marks={marks}
          chosen={choice?.option}
          kept={kept}
          actions={actions}
        />
      )}
      {choice?.error && (
        <ProblemCard
          error={choice.error}
          onAction={
            card && choose && choice.option !== undefined
              ? () => choose(turn.id, card.id, choice.option as string)
              : undefined
          }
          onDismiss={onDismiss}
        />
      )}
      {turn.state !== 'running' && turn.state !== 'answered' && <TurnProblem {...props} />}
    </article>
  );
}

interface QuestionProps {
  turn: Turn;
  reading: Reading | undefined;
  marks: Marks;
}

/** With its marks, if it was read as it was asked; else they are on the rewritten one. */
function Question({ turn, reading, marks }: QuestionProps) {
  const { answer } = turn;
  if (!answer || !reading || reading.rewritten) return <>{turn.question}</>;
  if (answer.kind === 'clarification') {
    const phrase = answer.clarification?.phrase;
    return <UnclearQuestion text={reading.text} phrase={phrase && reading.place(phrase)} />;
  }
  return <MarkedQuestion text={reading.text} marks={marks} />;
}
