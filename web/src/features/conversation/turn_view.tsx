import type { Error as ProtocolError, Schema, Turn } from '../../api/protocol';
import { formatMoment } from '../../lib/format_time';
import { AnswerCard, type AnswerActions } from '../answer/answer_card';
import { SqlBlock } from '../sql/sql_block';
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
  /** Puts the question into the box, to be asked in other words. */
  onReword: (question: string) => void;
}

export function TurnView(props: TurnViewProps) {
  const { turn, live, schema, connected, actions, onStop } = props;
  const bySql = turn.written_by_person;
  const failed = turn.state === 'failed';
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
      {turn.state !== 'running' && turn.state !== 'answered' && <TurnProblem {...props} />}
    </article>
  );
}

const stopped: ProtocolError = { code: 'cancelled', message: 'You stopped this question.' };
const interrupted: ProtocolError = {
  code: 'cancelled',
  message: 'The server ended before this question was answered.',
};
const unknown: ProtocolError = { code: 'internal', message: 'This question has no answer.' };
/** Asked in the same words, these would end in the same way. */
const to_be_reworded: ReadonlySet<string> = new Set([
  'refused',
  'unanswerable',
  'invalid_argument',
]);

function TurnProblem({ turn, actions, onReword }: TurnViewProps) {
  const { ask, runSql } = actions;
  const bySql = turn.written_by_person;
  const again = bySql
    ? runSql && (() => runSql(turn.sql))
    : ask && (() => ask(turn.question, false));
  if (turn.state === 'cancelled') {
    return <ProblemCard error={turn.error ?? stopped} action="Ask again" onAction={again} />;
  }
  if (turn.state === 'interrupted') {
    const error = turn.error ?? interrupted;
    return <ProblemCard title="Interrupted" error={error} action="Ask again" onAction={again} />;
  }
  const error = turn.error ?? unknown;
  if (!bySql && to_be_reworded.has(error.code)) {
    return (
      <ProblemCard
        error={error}
        action="Ask in other words"
        icon="edit"
        onAction={() => onReword(turn.question)}
      />
    );
  }
  return <ProblemCard error={error} onAction={again} />;
}
