// What speaks against an answer, of what the page is told. Pure.
import type { Answer } from '../../api/protocol';
import { readQuestion, unclearWords } from '../clarification/readings';
import { questionPieces, unusedWords } from '../explanation/question_marks';

const quoted = (texts: readonly string[]) => texts.map((text) => `“${text}”`).join(', ');

/** In plain sentences, the most telling first; empty: nothing in particular. */
export function doubtsOf(answer: Answer): string[] {
  const { verification, explanation, authorship, clarification } = answer;
  const question = readQuestion(answer);
  const doubts: string[] = [];
  const open = (verification.findings ?? []).filter((finding) => !finding.repaired);
  if (open.length + verification.warnings.length > 0) {
    doubts.push('There is something to look out for: see the remarks.');
  }
  if (authorship?.agreement === 'differ') {
    doubts.push('The language model and the built-in parser read the question differently.');
  }
  const pieces = questionPieces(question, explanation.parts ?? [], explanation.unused_words ?? []);
  const unused = unusedWords(pieces);
  if (unused.length > 0) {
    doubts.push(`${quoted(unused)} led to nothing in the answer.`);
  }
  if (clarification) {
    const words = unclearWords(question, clarification);
    doubts.push(
      words ? `“${words}” can be read in another way.` : 'The question can be read in another way.',
    );
  }
  return doubts;
}
