import { useCallback, useEffect, useEffectEvent, useReducer, useRef, useState } from 'react';
import { loadConversation } from '../../api/actions/load_conversation';
import { problemOf } from '../../api/http';
import type { ServerMessage } from '../../api/protocol';
import { openSessionSocket, type Connection, type SessionSocket } from '../../api/session_socket';
import {
  empty_conversation,
  reduceConversation,
  runningTurn,
  type Asking,
  type ConversationAction,
  type ConversationState,
} from './conversation_state';

export interface ConversationHandle {
  state: ConversationState;
  connection: Connection;
  dispatch: (action: ConversationAction) => void;
  ask: (message: Asking) => void;
  stop: () => void;
  reconnect: () => void;
  reload: () => void;
}

/** REQUIRES: a component with the session as its key. `first` is asked as soon as it can be. */
export function useConversation(
  sessionId: string,
  first: Asking | undefined,
  onActivity: (message: ServerMessage) => void,
): ConversationHandle {
  const [state, dispatch] = useReducer(reduceConversation, empty_conversation);
  const [connection, setConnection] = useState<Connection>('connecting');
  const socket = useRef<SessionSocket | undefined>(undefined);
  const atStart = useRef(first);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });

  const reload = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const conversation = await loadConversation(sessionId, signal);
        dispatch({ type: 'loaded', conversation });
      } catch (thrown) {
        if (!signal?.aborted) dispatch({ type: 'load_failed', error: problemOf(thrown) });
      }
    },
    [sessionId],
  );

  useEffect(() => {
    const abort = new AbortController();
    if (atStart.current) dispatch({ type: 'asked', message: atStart.current });
    atStart.current = undefined;
    void reload(abort.signal);
    return () => abort.abort();
  }, [reload]);

  const ready = state.load === 'ready';
  const received = useEffectEvent((message: ServerMessage) => {
    dispatch({ type: 'received', message, now: Date.now() });
    onActivity(message);
  });
  useEffect(() => {
    if (!ready) return;
    const opened = openSessionSocket({
      sessionId,
      lastSeq: () => latest.current.lastSeq,
      onMessage: (message) => received(message),
      onConnection: setConnection,
    });
    socket.current = opened;
    return () => {
      opened.close();
      socket.current = undefined;
    };
  }, [sessionId, ready]);

  useEffect(() => {
    if (state.stale) void reload();
  }, [state.stale, reload]);

  // Sent once the connection stands; after a loss the reducer decides what became of it.
  const unsent = state.pending && !state.pending.sent ? state.pending.message : undefined;
  useEffect(() => {
    if (unsent && connection === 'open' && socket.current?.send(unsent)) dispatch({ type: 'sent' });
  }, [unsent, connection]);

  const ask = useCallback((message: Asking) => dispatch({ type: 'asked', message }), []);
  // A wish to stop is kept until the connection stands: who reloads and stops at once is heard.
  const [toStop, setToStop] = useState<number | undefined>(undefined);
  const runningId = runningTurn(state)?.id;
  useEffect(() => {
    if (toStop === undefined) return;
    if (toStop === runningId) {
      if (connection !== 'open' || !socket.current?.send({ type: 'cancel' })) return;
      dispatch({ type: 'stopping', turnId: toStop });
    }
    setToStop(undefined);
  }, [toStop, runningId, connection]);
  const stop = useCallback(() => setToStop(runningTurn(latest.current)?.id), []);
  const reconnect = useCallback(() => socket.current?.retry(), []);
  return {
    state,
    connection,
    dispatch,
    ask,
    stop,
    reconnect,
    reload: useCallback(() => void reload(), [reload]),
  };
}
