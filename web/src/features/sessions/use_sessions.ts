import { useCallback, useEffect, useRef, useState } from 'react';
import { changeSession } from '../../api/actions/change_session';
import { deleteSession } from '../../api/actions/delete_session';
import { listSessions } from '../../api/actions/list_sessions';
import { restoreSession } from '../../api/actions/restore_session';
import { problemOf } from '../../api/http';
import type { Error as ProtocolError, Session, SessionChange } from '../../api/protocol';
import { useToast } from '../../components/toast';
import { mergeSessions, sessionName } from './sessions_state';

const page_size = 40;
const search_delay_ms = 180;
const running_poll_ms = 4_000;

export interface SessionsHandle {
  sessions: readonly Session[];
  total: number;
  loading: boolean;
  error: ProtocolError | undefined;
  search: string;
  tag: string;
  setSearch: (search: string) => void;
  setTag: (tag: string) => void;
  loadMore: () => void;
  refresh: () => void;
  change: (session: Session, change: SessionChange) => void;
  remove: (session: Session) => void;
}

/** `onRemoved` is told before the server agrees; a refusal brings the session back. */
export function useSessions(
  onRemoved: (id: string) => void,
  onRestored: (id: string) => void,
): SessionsHandle {
  const [sessions, setSessions] = useState<readonly Session[]>([]);
  const [total, setTotal] = useState(0);
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<ProtocolError | undefined>(undefined);
  const [search, setSearch] = useState('');
  const [tag, setTag] = useState('');
  const turn = useRef(0);
  const show = useToast();

  /** The newest request wins; `keep` adds to what is there. */
  const load = useCallback(
    async (offset: number, limit: number, keep: boolean) => {
      const mine = ++turn.current;
      setLoading(true);
      try {
        const page = await listSessions({ search: search.trim(), tag, offset, limit });
        if (turn.current !== mine) return;
        setSessions((before) => mergeSessions(keep ? before : [], page.sessions));
        setTotal(page.total);
        setError(undefined);
      } catch (thrown) {
        if (turn.current === mine) setError(problemOf(thrown));
      } finally {
        if (turn.current === mine) setLoading(false);
      }
    },
    [search, tag],
  );

  const count = sessions.length;
  const refresh = useCallback(() => {
    void load(0, Math.min(200, Math.max(page_size, count)), false);
  }, [load, count]);
  const loadMore = useCallback(() => {
    if (!loading && !error && count < total) void load(count, page_size, true);
  }, [load, loading, error, count, total]);

  useEffect(() => {
    const timer = setTimeout(() => void load(0, page_size, false), search ? search_delay_ms : 0);
    return () => clearTimeout(timer);
  }, [load, search]);

  const busy = sessions.some((session) => session.running);
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(refresh, running_poll_ms);
    return () => clearInterval(timer);
  }, [busy, refresh]);

  function replace(session: Session) {
    setSessions((before) => before.map((other) => (other.id === session.id ? session : other)));
  }

  function change(session: Session, wanted: SessionChange) {
    replace({ ...session, ...wanted });
    changeSession(session.id, wanted).then(replace, (thrown: unknown) => {
      replace(session);
      show({ text: problemOf(thrown).message, bad: true });
    });
  }

  function putBack(session: Session) {
    setSessions((before) => mergeSessions(before, [session]));
    setTotal((before) => before + 1);
  }

  function remove(session: Session) {
    setSessions((before) => before.filter((other) => other.id !== session.id));
    setTotal((before) => Math.max(0, before - 1));
    onRemoved(session.id);
    const undo = () => {
      restoreSession(session.id).then(
        (restored) => {
          putBack(restored);
          onRestored(restored.id);
        },
        (thrown: unknown) => show({ text: problemOf(thrown).message, bad: true }),
      );
    };
    deleteSession(session.id).then(
      () =>
        show({
          text: `“${sessionName(session)}” is deleted.`,
          action: { label: 'Undo', run: undo },
        }),
      (thrown: unknown) => {
        putBack(session);
        show({ text: problemOf(thrown).message, bad: true });
      },
    );
  }

  return {
    sessions,
    total,
    loading,
    error,
    search,
    tag,
    setSearch,
    setTag,
    loadMore,
    refresh,
    change,
    remove,
  };
}
