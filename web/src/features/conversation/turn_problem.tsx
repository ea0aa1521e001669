import type { Error as ProtocolError } from '../../api/protocol';
import { Starters } from '../ask/starters';
import { ProblemCard } from './problem_card';
import type { TurnViewProps } from './turn_view';

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
const max_suggestions = 3;

/** A turn that ended without an answer, and what to do now. */
export function TurnProblem({ turn, schema, actions, onReword }: TurnViewProps) {
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
  if (bySql || !to_be_reworded.has(error.code)) {
    return <ProblemCard error={error} onAction={again} />;
  }
  return (
    <ProblemCard
      error={error}
      action="Ask in other words"
      icon="edit"
      onAction={() => onReword(turn.question)}
    >
      {error.code === 'unanswerable' && (
        <Starters
          title="What this data can answer, for example"
          label="Questions that this data can answer"
          questions={(schema?.starters ?? []).slice(0, max_suggestions)}
          disabled={!ask}
          onAsk={(question) => ask?.(question, true)}
        />
      )}
    </ProblemCard>
  );
}
