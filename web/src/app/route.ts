// The address says which session is open: / is a new conversation, /s/<id> an old one.
import { useCallback, useSyncExternalStore } from 'react';

export function sessionOf(path: string): string | undefined {
  return /^\/s\/(s_[A-Za-z0-9_-]{22})\/?$/.exec(path)?.[1];
}

const changed_event = 'idi:navigated';

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  window.addEventListener(changed_event, changed);
  return () => {
    window.removeEventListener('popstate', changed);
    window.removeEventListener(changed_event, changed);
  };
}

export function useRoute() {
  const path = useSyncExternalStore(subscribe, () => window.location.pathname);
  const navigate = useCallback((sessionId: string | undefined) => {
    const target = sessionId === undefined ? '/' : `/s/${sessionId}`;
    if (target !== window.location.pathname) window.history.pushState(null, '', target);
    window.dispatchEvent(new Event(changed_event));
  }, []);
  return { sessionId: sessionOf(path), navigate };
}
