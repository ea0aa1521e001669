import type { Error as ProtocolError, Schema, Turn } from '../../api/protocol';
import { formatMoment } from '../../lib/format_time';
import { AnswerCard, type AnswerActions } from '../answer/answer_card';
import { SqlView } from '../sql/sql_view';
import { beginLive, type LiveTurn } from './live_turn';
import { ProblemCard } from './problem_card';
import { RunningCard } from './running_card';

interface TurnViewProps {
  turn: Turn;
  live: LiveTurn | undefined;
  schema: Schema | undefined;
  connected: boolean;
  actions: AnswerActions;
  onStop: () => void;
}

const stopped: ProtocolError = { code: 'cancelled', message: 'You stopped this question.' };
const interrupted: ProtocolError = {
  code: 'cancelled',
  message: 'The server ended before this question was answered.',
};
const unknown: ProtocolError = { code: 'internal', message: 'This question has no answer.' };

export function TurnView({ turn, live, schema, connected, actions, onStop }: TurnViewProps) {
  const { ask, runSql } = actions;
  const bySql = turn.written_by_person;
  const again = bySql
    ? runSql && (() => runSql(turn.sql))
    : ask && (() => ask(turn.question, false));
  const error = turn.error ?? (turn.state === 'failed' ? unknown : stopped);
  return (
    <article className="turn" aria-label={bySql ? 'Your SQL' : turn.question}>
      <header className="turn-question">
        {bySql ? (
          <div className="turn-sql">
            <span>Your SQL</span>
            <SqlView sql={turn.sql} small />
          </div>
        ) : (
          <h2>{turn.question}</h2>
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
      {turn.state === 'answered' && <AnswerCard turn={turn} schema={schema} actions={actions} />}
      {(turn.state === 'failed' || turn.state === 'cancelled') && (
        <ProblemCard
          error={error}
          action={turn.state === 'cancelled' ? 'Ask again' : 'Try again'}
          onAction={again}
        />
      )}
      {turn.state === 'interrupted' && (
        <ProblemCard error={turn.error ?? interrupted} action="Ask again" onAction={again} />
      )}
    </article>
  );
}
