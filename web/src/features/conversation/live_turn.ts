// A question while it is being answered: how far it is, and the draft so far.
import type { Phase, ProgressMessage, QueuedMessage, TokenMessage } from '../../api/protocol';

export interface LiveTurn {
  phase?: Phase | undefined;
  percent: number;
  message: string;
  /** As the server said, and when it said it (this clock): the page ticks on from there. */
  elapsedMs: number;
  receivedAt: number;
  /** 1: the next to run; undefined: running. */
  queuePosition?: number | undefined;
  tokens: readonly string[];
  stopping: boolean;
}

export const phases: readonly { phase: Phase; name: string; weight: number }[] = [
  { phase: 'understanding', name: 'Understanding', weight: 15 },
  { phase: 'context', name: 'Context', weight: 10 },
  { phase: 'generating', name: 'Writing SQL', weight: 40 },
  { phase: 'verifying', name: 'Verifying', weight: 20 },
  { phase: 'executing', name: 'Running', weight: 10 },
  { phase: 'visualizing', name: 'Charting', weight: 5 },
];

export function beginLive(now: number): LiveTurn {
  return { percent: 0, message: '', elapsedMs: 0, receivedAt: now, tokens: [], stopping: false };
}

export function advance(
  live: LiveTurn,
  message: QueuedMessage | ProgressMessage | TokenMessage,
  now: number,
): LiveTurn {
  switch (message.type) {
    case 'queued':
      return { ...live, queuePosition: message.position };
    case 'token': {
      const kept = live.tokens.slice(0, message.position);
      return { ...live, queuePosition: undefined, tokens: [...kept, message.text] };
    }
    case 'progress': {
      if (message.progress < live.percent) return live;
      return {
        ...live,
        queuePosition: undefined,
        phase: message.phase,
        percent: Math.min(100, message.progress),
        message: message.message,
        elapsedMs: message.elapsed_ms,
        receivedAt: now,
      };
    }
  }
}

export function elapsed(live: LiveTurn, now: number): number {
  return live.elapsedMs + Math.max(0, now - live.receivedAt);
}
