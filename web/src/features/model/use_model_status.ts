import { useEffect, useState } from 'react';
import { loadHealth } from '../../api/actions/load_health';
import type { ModelStatus } from '../../api/protocol';

/** While a model loads, somebody is waiting for it. */
const starting_look_ms = 2_000;
const look_ms = 20_000;

/** What the server says of its language model, asked again while the page is looked at. */
export function useModelStatus(): ModelStatus | undefined {
  const [status, setStatus] = useState<ModelStatus | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    async function look() {
      let next: ModelStatus | undefined;
      try {
        // A tab that nobody sees asks nothing.
        if (document.visibilityState === 'visible') next = (await loadHealth()).model;
      } catch {
        // The conversation says that the server is away; the last status stays until it is back.
      }
      if (ended) return;
      if (next) setStatus(next);
      timer = setTimeout(
        () => void look(),
        next?.state === 'starting' ? starting_look_ms : look_ms,
      );
    }
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  return status;
}
