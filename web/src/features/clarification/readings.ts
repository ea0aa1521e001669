// A question's text as it was read, and which of a card's options was taken. Pure.
import type { Answer, Clarification, Resolution, TextRange, Turn } from '../../api/protocol';

/** The text that every TextRange of the answer counts in. */
export function readQuestion(answer: Answer): string {
  return answer.read_question ?? answer.standalone_question ?? answer.question;
}

/** What to ask to get this answer again, whatever was asked before. */
export function wholeQuestion(answer: Answer): string {
  return answer.standalone_question ?? answer.question;
}

/** Where the question as it was read is shown. */
export interface Reading {
  /** Its text: as asked, if nothing but words for a picture was left out; else as it was read. */
  text: string;
  /** Read as something else than was asked: worth saying. */
  rewritten: boolean;
  /** From a TextRange of the answer to one of `text`. */
  place: (range: TextRange) => TextRange;
}

/** Where `read` lies in `asked`, which has something more in one place; undefined: it does not. */
function gapIn(asked: string, read: string): { at: number; length: number } | undefined {
  let at = 0;
  while (at < read.length && asked[at] === read[at]) at += 1;
  const length = asked.length - read.length;
  return length >= 0 && asked.endsWith(read.slice(at)) ? { at, length } : undefined;
}

export function readingOf(answer: Answer): Reading {
  const read = readQuestion(answer);
  const asked = answer.question.trim().replace(/\s+/g, ' ');
  const gap = answer.standalone_question === undefined ? gapIn(asked, read) : undefined;
  if (!gap) return { text: read, rewritten: read !== asked, place: (range) => range };
  const { at, length } = gap;
  return {
    text: asked,
    rewritten: false,
    place: ({ begin, end }) => ({
      begin: begin >= at ? begin + length : begin,
      end: end > at ? end + length : end,
    }),
  };
}

/** The unclear words; undefined: the question as a whole. */
export function unclearWords(question: string, card: Clarification): string | undefined {
  const { phrase } = card;
  if (!phrase) return undefined;
  return question.slice(phrase.begin, phrase.end).trim() || undefined;
}

/** The option that the answer was read by: the only one that the query is seen to use, else the first. */
export function takenOption(answer: Answer, card: Clarification): string {
  const { columns, tables, text } = answer.explanation;
  const used = card.options.filter(
    ({ id, label }) => columns.includes(id) || tables.includes(id) || label === text,
  );
  const [taken = card.options[0]] = used.length === 1 ? used : [];
  return taken.id;
}

/**
 * What was chosen on the turn's card; undefined: nothing (that is known). Before the new turn has
 * an answer, what this page chose says it (`here`), or what the session keeps.
 */
export function chosenOption(
  turn: Turn,
  turns: readonly Turn[],
  here: string | undefined,
  kept: readonly Resolution[] | undefined,
): string | undefined {
  const card = turn.answer?.clarification;
  const follower = turns.findLast((other) => other.clarifies === turn.id);
  if (!card || !follower) return undefined;
  const isThis = (resolution: Resolution) => resolution.clarification === card.id;
  return follower.answer?.resolutions?.find(isThis)?.option ?? here ?? kept?.find(isThis)?.option;
}

/** Still put to use for the next question. `kept`: undefined where it is not known yet. */
export function isInForce(
  resolution: Resolution,
  kept: readonly Resolution[] | undefined,
): boolean {
  return (
    !kept ||
    kept.some(
      ({ clarification, option }) =>
        clarification === resolution.clarification && option === resolution.option,
    )
  );
}
