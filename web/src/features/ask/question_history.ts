// Questions asked before, newest first: of this session, then of this browser.
import { isTextList, readStored, writeStored } from '../../lib/stored';

const kept_questions = 100;

export function rememberQuestion(question: string): void {
  const before = readStored('questions', isTextList) ?? [];
  const others = before.filter((other) => other !== question);
  writeStored('questions', [question, ...others].slice(0, kept_questions));
}

export function pastQuestions(ofSession: readonly string[]): string[] {
  const newest = [...ofSession].reverse().filter((question) => question !== '');
  return [...new Set([...newest, ...(readStored('questions', isTextList) ?? [])])];
}
