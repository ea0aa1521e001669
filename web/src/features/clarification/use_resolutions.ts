import { useCallback, useEffect, useState } from 'react';
import { forgetResolution } from '../../api/actions/forget_resolution';
import { listResolutions } from '../../api/actions/list_resolutions';
import { problemOf } from '../../api/http';
import type { Resolution } from '../../api/protocol';
import { useToast } from '../../components/toast';

export interface ResolutionsHandle {
  /** Undefined: not known (yet). */
  kept: readonly Resolution[] | undefined;
  forget: (clarification: string) => void;
}

interface Loaded {
  event: string;
  resolutions: readonly Resolution[];
}

/**
 * What was chosen on cards in this session. `event`: what is known is old once it changes;
 * undefined: nothing there can have been chosen, and nothing is loaded.
 */
export function useResolutions(sessionId: string, event: string | undefined): ResolutionsHandle {
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined);
  const [forgotten, setForgotten] = useState(0);
  const show = useToast();

  useEffect(() => {
    if (event === undefined) return;
    const abort = new AbortController();
    listResolutions(sessionId, abort.signal).then(
      ({ resolutions }) => {
        if (!abort.signal.aborted) setLoaded({ event, resolutions });
      },
      () => {
        // The answers name the choices that they were read by; only news of them is missing.
      },
    );
    return () => abort.abort();
  }, [sessionId, event, forgotten]);

  const forget = useCallback(
    (clarification: string) => {
      forgetResolution(sessionId, clarification)
        .catch((thrown: unknown) => {
          // Forgotten already, elsewhere: what was wanted.
          if (problemOf(thrown).code !== 'not_found') throw thrown;
        })
        .then(
          () => setForgotten((count) => count + 1),
          (thrown: unknown) => show({ text: problemOf(thrown).message, bad: true }),
        );
    },
    [sessionId, show],
  );
  return { kept: loaded?.event === event ? loaded?.resolutions : undefined, forget };
}
