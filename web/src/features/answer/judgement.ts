// How sure an answer is, in words and as a number of answers out of so many. Pure.
import type { Verification } from '../../api/protocol';

export interface Judgement {
  sure: boolean;
  level: 'high' | 'medium' | 'low';
  words: string;
  /** "9 of 10 such answers are right" */
  odds: string;
}

/** For answers of older versions, which do not say from where on they are sure. */
const sure_from = 0.5;

/** Never all and never none: it is an estimate. */
export function oddsOf(confidence: number): string {
  if (confidence >= 0.97) return '99 of 100 such answers are right';
  if (confidence >= 0.925) return '19 of 20 such answers are right';
  const tenths = Math.round(confidence * 10);
  if (tenths < 1) return 'fewer than 1 of 10 such answers are right';
  return `${tenths} of 10 such answers ${tenths === 1 ? 'is' : 'are'} right`;
}

export function judge(verification: Pick<Verification, 'confidence' | 'sure'>): Judgement {
  const { confidence, sure = confidence >= sure_from } = verification;
  const odds = oddsOf(confidence);
  if (!sure) {
    const words = confidence >= 0.35 ? 'Not sure' : 'More a guess than an answer';
    return { sure, level: 'low', words, odds };
  }
  if (confidence >= 0.925) return { sure, level: 'high', words: 'Very sure', odds };
  if (confidence >= 0.75) return { sure, level: 'high', words: 'Quite sure', odds };
  const words = confidence >= 0.6 ? 'Fairly sure' : 'Not too sure';
  return { sure, level: 'medium', words, odds };
}
