// What was chosen on the cards of a conversation. Pure.
import type { Error as ProtocolError, Resolution, Turn } from '../../api/protocol';
import { chosenOption } from '../clarification/readings';
import type { ConversationState } from './conversation_state';

/** The choice on a turn's card. */
export interface CardChoice {
  /** Undefined: it is not known which. */
  option: string | undefined;
  /** It was not accepted. */
  error?: ProtocolError;
}

/** Changes when what the session keeps of choices may have changed; undefined: there are no cards. */
export function cardEvent({ load, turns }: ConversationState): string | undefined {
  const cards = turns.filter(({ answer }) => answer?.clarification ?? answer?.resolutions?.length);
  if (load !== 'ready' || cards.length === 0) return undefined;
  return `${cards.length}/${turns.findLast((turn) => turn.clarifies !== undefined)?.id ?? ''}`;
}

/** What was chosen on the turn's card; undefined: nothing. */
export function cardChoice(
  { pending, rejected, turns, chosen }: ConversationState,
  turn: Turn,
  kept: readonly Resolution[] | undefined,
): CardChoice | undefined {
  const asked = pending?.message ?? rejected?.message;
  if (asked?.type === 'clarify' && asked.turn_id === turn.id) {
    return pending || !rejected
      ? { option: asked.option }
      : { option: asked.option, error: rejected.error };
  }
  if (!turns.some((other) => other.clarifies === turn.id)) return undefined;
  return { option: chosenOption(turn, turns, chosen[turn.id], kept) };
}
