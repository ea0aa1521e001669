// What a screen reader is told, without being asked: phases and ends, not every percent.
import { runningTurn, type ConversationState } from './conversation_state';
import { phases } from './live_turn';

export function announcement(state: ConversationState): string {
  const running = runningTurn(state);
  if (running) {
    const live = state.live[running.id];
    if (live?.stopping) return 'Stopping.';
    if (live?.queuePosition !== undefined) return `Waiting, number ${live.queuePosition} in line.`;
    const phase = phases.find((entry) => entry.phase === live?.phase);
    return phase ? `${phase.name}…` : 'Working on the question.';
  }
  if (state.rejected) return state.rejected.error.message;
  const last = state.turns.at(-1);
  if (!last) return '';
  switch (last.state) {
    case 'answered':
      if (last.answer?.kind === 'clarification') return `IDI asks back: ${last.answer.summary}`;
      return `Answer: ${last.answer?.summary ?? ''}`;
    case 'failed':
      return `Not answered: ${last.error?.message ?? ''}`;
    case 'cancelled':
      return 'Stopped.';
    default:
      return '';
  }
}
