// What is known of one session's conversation: a pure reducer over what was loaded and what the
// socket says. Invariants, whatever arrives, however often:
//  1. An event not newer than the last one seen changes nothing, except that it may end a turn.
//  2. A turn that has ended stays ended.
//  3. A turn's progress never goes backwards.
import type {
  ClarifyMessage,
  Conversation,
  Feedback,
  Error as ProtocolError,
  QueryMessage,
  Results,
  RunSqlMessage,
  ServerMessage,
  Session,
  Turn,
  Visualization,
} from '../../api/protocol';
import { advance, beginLive, type LiveTurn } from './live_turn';

export type Asking = QueryMessage | RunSqlMessage | ClarifyMessage;

export interface ConversationState {
  load: 'loading' | 'ready' | 'failed';
  loadError?: ProtocolError | undefined;
  session?: Session | undefined;
  turns: readonly Turn[];
  live: Readonly<Record<number, LiveTurn>>;
  lastSeq: number;
  /** Asked, but the server has not said yet that it accepts. */
  pending?: { message: Asking; sent: boolean } | undefined;
  /** Asked, and not accepted. */
  rejected?: { message: Asking; error: ProtocolError } | undefined;
  /** By turn: the option chosen on its card, as far as this page chose it. */
  chosen: Readonly<Record<number, string>>;
  /** The turn that ended last while this page watched. */
  arrived?: number | undefined;
  /** What is known may be old: load again. */
  stale: boolean;
}

export const empty_conversation: ConversationState = {
  load: 'loading',
  turns: [],
  live: {},
  chosen: {},
  lastSeq: 0,
  stale: false,
};

export type ConversationAction =
  | { type: 'loaded'; conversation: Conversation }
  | { type: 'load_failed'; error: ProtocolError }
  | { type: 'received'; message: ServerMessage; now: number }
  | { type: 'asked'; message: Asking }
  | { type: 'sent' }
  | { type: 'stopping'; turnId: number }
  | { type: 'rejection_dismissed' }
  | { type: 'session_changed'; session: Session }
  | { type: 'chart_changed'; turnId: number; visualization: Visualization }
  | { type: 'rows_loaded'; turnId: number; results: Results }
  | { type: 'feedback_changed'; turnId: number; feedback: Feedback };

const lost_question: ProtocolError = {
  code: 'unavailable',
  message: 'The connection was lost before the question arrived.',
  hint: 'Ask again.',
};

export function runningTurn(state: ConversationState): Turn | undefined {
  return state.turns.findLast((turn) => turn.state === 'running');
}

export function reduceConversation(
  state: ConversationState,
  action: ConversationAction,
): ConversationState {
  switch (action.type) {
    case 'loaded':
      return loaded(state, action.conversation);
    case 'load_failed':
      return { ...state, load: 'failed', loadError: action.error, stale: false };
    case 'received':
      return received(state, action.message, action.now);
    case 'asked':
      return { ...state, pending: { message: action.message, sent: false }, rejected: undefined };
    case 'sent':
      return state.pending ? { ...state, pending: { ...state.pending, sent: true } } : state;
    case 'stopping': {
      const live = state.live[action.turnId];
      if (!live) return state;
      return { ...state, live: { ...state.live, [action.turnId]: { ...live, stopping: true } } };
    }
    case 'rejection_dismissed':
      return { ...state, rejected: undefined };
    case 'session_changed':
      return { ...state, session: action.session };
    case 'chart_changed':
      return changeTurn(state, action.turnId, (turn) =>
        turn.answer
          ? { ...turn, answer: { ...turn.answer, visualization: action.visualization } }
          : turn,
      );
    case 'rows_loaded':
      return changeTurn(state, action.turnId, (turn) =>
        turn.answer ? { ...turn, answer: { ...turn.answer, results: action.results } } : turn,
      );
    case 'feedback_changed':
      return changeTurn(state, action.turnId, (turn) => ({ ...turn, feedback: action.feedback }));
  }
}

function changeTurn(
  state: ConversationState,
  turnId: number,
  change: (turn: Turn) => Turn,
): ConversationState {
  return { ...state, turns: state.turns.map((turn) => (turn.id === turnId ? change(turn) : turn)) };
}

function loaded(state: ConversationState, conversation: Conversation): ConversationState {
  const first = state.load !== 'ready';
  const known = new Map(state.turns.map((turn) => [turn.id, turn]));
  const turns = conversation.turns.map((turn) => {
    const before = known.get(turn.id);
    return turn.state === 'running' && before && before.state !== 'running' ? before : turn; // 2
  });
  const running = turns.some((turn) => turn.state === 'running');
  // The events of a running turn are wanted from its beginning.
  const lastSeq = first ? (running ? 0 : (conversation.seq ?? 0)) : state.lastSeq;
  const newest = turns.at(-1)?.id ?? 0;
  return {
    ...state,
    load: 'ready',
    loadError: undefined,
    session: conversation.session,
    turns: [...turns, ...state.turns.filter((turn) => turn.id > newest)],
    lastSeq,
    stale: false,
  };
}

function received(
  state: ConversationState,
  message: ServerMessage,
  now: number,
): ConversationState {
  if (message.type === 'hello') {
    const running = runningTurn(state);
    const restarted = message.seq < state.lastSeq;
    const wasLost = state.pending?.sent === true;
    return {
      ...state,
      lastSeq: restarted ? message.seq : state.lastSeq,
      stale: state.stale || restarted || running?.id !== message.running_turn,
      pending: wasLost ? undefined : state.pending,
      rejected: wasLost
        ? { message: state.pending!.message, error: lost_question }
        : state.rejected,
    };
  }
  const fresh = message.seq > state.lastSeq;
  const seen = fresh ? { ...state, lastSeq: message.seq } : state;
  switch (message.type) {
    case 'started': {
      if (state.turns.some((turn) => turn.id === message.turn_id)) {
        return fresh ? { ...seen, live: withLive(seen, message.turn_id, now) } : seen;
      }
      const turn: Turn = {
        id: message.turn_id,
        question: message.question,
        sql: message.sql ?? '',
        written_by_person: message.sql !== undefined,
        state: 'running',
        created_at: message.timestamp,
        ...(message.clarifies === undefined ? {} : { clarifies: message.clarifies }),
      };
      const session =
        seen.session && message.session_name
          ? { ...seen.session, name: message.session_name }
          : seen.session;
      return {
        ...seen,
        session,
        turns: [...seen.turns, turn].sort((a, b) => a.id - b.id),
        live: withLive(seen, turn.id, now),
        chosen: withChoice(seen),
        pending: undefined,
        rejected: undefined,
      };
    }
    case 'queued':
    case 'progress':
    case 'token': {
      if (!fresh) return state; // 1
      const ended = seen.turns.some((t) => t.id === message.turn_id && t.state !== 'running');
      if (ended) return seen; // 2
      const live = advance(seen.live[message.turn_id] ?? beginLive(now), message, now);
      return { ...seen, live: { ...seen.live, [message.turn_id]: live } };
    }
    case 'result':
      return endTurn(seen, message.turn_id, now, {
        state: 'answered',
        answer: message.data,
        question: message.data.question,
        sql: message.data.sql,
        written_by_person: message.data.kind === 'sql',
        ...(message.data.standalone_question === undefined
          ? {}
          : { standalone_question: message.data.standalone_question }),
      });
    case 'cancelled':
      return endTurn(seen, message.turn_id, now, { state: 'cancelled' });
    case 'error': {
      const error: ProtocolError = { code: message.code, message: message.message };
      if (message.hint !== undefined) error.hint = message.hint;
      if (message.detail !== undefined) error.detail = message.detail;
      if (message.turn_id !== undefined) {
        const cancelled = message.code === 'cancelled';
        return endTurn(seen, message.turn_id, now, {
          state: cancelled ? 'cancelled' : 'failed',
          error,
        });
      }
      if (!seen.pending) return seen;
      return { ...seen, pending: undefined, rejected: { message: seen.pending.message, error } };
    }
  }
}

/** REQUIRES: what was asked is accepted. */
function withChoice({ chosen, pending }: ConversationState): Readonly<Record<number, string>> {
  if (pending?.message.type !== 'clarify') return chosen;
  return { ...chosen, [pending.message.turn_id]: pending.message.option };
}

function withLive(state: ConversationState, turnId: number, now: number) {
  return state.live[turnId] ? state.live : { ...state.live, [turnId]: beginLive(now) };
}

function endTurn(
  state: ConversationState,
  turnId: number,
  now: number,
  end: Partial<Turn>,
): ConversationState {
  const known = state.turns.find((turn) => turn.id === turnId);
  if (known && known.state !== 'running') return state; // 2
  const base: Turn = known ?? {
    id: turnId,
    question: '',
    sql: '',
    written_by_person: false,
    state: 'running',
    created_at: now,
  };
  const turn: Turn = { ...base, ...end, finished_at: now };
  const live = Object.fromEntries(
    Object.entries(state.live).filter(([id]) => Number(id) !== turnId),
  );
  const others = state.turns.filter((other) => other.id !== turnId);
  return {
    ...state,
    turns: [...others, turn].sort((a, b) => a.id - b.id),
    live,
    arrived: turnId,
  };
}
