import { useCallback, useEffect, useRef, useState } from 'react';
import { createSession } from '../api/actions/create_session';
import { problemOf } from '../api/http';
import type { ServerMessage } from '../api/protocol';
import { IconButton } from '../components/button';
import { useToast } from '../components/toast';
import type { QuestionBoxHandle } from '../features/ask/question_box';
import { ConversationView } from '../features/conversation/conversation_view';
import type { Asking } from '../features/conversation/conversation_state';
import { HelpDialog } from '../features/help/help_dialog';
import { SchemaBrowser } from '../features/schema/schema_browser';
import { sessionName } from '../features/sessions/sessions_state';
import { useSessions } from '../features/sessions/use_sessions';
import { isBoolean, readStored, writeStored } from '../lib/stored';
import { useHotkey } from '../lib/use_hotkey';
import { useMedia } from '../lib/use_media';
import { Drawer } from './drawer';
import { NewConversation } from './new_conversation';
import { useRoute } from './route';
import { SideBar } from './side_bar';
import { useSchema } from './use_schema';
import './page.css';

const changing_messages: ReadonlySet<ServerMessage['type']> = new Set([
  'started',
  'result',
  'cancelled',
  'error',
]);

export function Page() {
  const { sessionId, navigate } = useRoute();
  const wide = useMedia('(min-width: 900px)');
  const roomy = useMedia('(min-width: 1240px)');
  const [sideKept, setSideKept] = useState(() => readStored('side', isBoolean) ?? true);
  const [sideDrawer, setSideDrawer] = useState(false);
  const [schemaOpen, setSchemaOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const [opening, setOpening] = useState(false);
  const [first, setFirst] = useState<{ id: string; message: Asking } | undefined>(undefined);
  const [loadedName, setLoadedName] = useState('');
  const box = useRef<QuestionBoxHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const show = useToast();
  const { schema, error: schemaError, retry } = useSchema();
  const sessions = useSessions(
    (id) => {
      if (id === sessionId) navigate(undefined);
    },
    (id) => navigate(id),
  );
  const { refresh } = sessions;
  const sideOpen = wide ? sideKept : sideDrawer;

  const setSide = useCallback(
    (open: boolean) => {
      if (!wide) {
        setSideDrawer(open);
        return;
      }
      setSideKept(open);
      writeStored('side', open);
    },
    [wide],
  );

  const open = useCallback(
    (id: string | undefined) => {
      setSideDrawer(false);
      navigate(id);
      if (wide) requestAnimationFrame(() => box.current?.focus());
    },
    [navigate, wide],
  );

  useHotkey({ key: '/' }, (event) => {
    event.preventDefault();
    box.current?.focus();
  });
  useHotkey({ key: '?' }, () => setHelp(true));
  useHotkey({ key: 'k', control: true, whileTyping: true }, (event) => {
    event.preventDefault();
    setSide(true);
    requestAnimationFrame(() => searchField.current?.focus());
  });
  useEffect(() => {
    if (wide) box.current?.focus();
  }, [sessionId, wide]);

  async function askFirst(question: string) {
    setOpening(true);
    try {
      const session = await createSession();
      setFirst({ id: session.id, message: { type: 'query', query: question } });
      navigate(session.id);
      refresh();
    } catch (thrown) {
      show({ text: problemOf(thrown).message, bad: true });
      box.current?.insert(question);
    } finally {
      setOpening(false);
    }
  }

  const onActivity = useCallback(
    (message: ServerMessage) => {
      // Accepted: coming back to this conversation must not ask it again.
      if (message.type === 'started') setFirst(undefined);
      if (changing_messages.has(message.type)) refresh();
    },
    [refresh],
  );

  const current = sessions.sessions.find((session) => session.id === sessionId);
  const side = (
    <SideBar
      handle={sessions}
      current={sessionId}
      searchField={searchField}
      onOpen={open}
      onNew={() => open(undefined)}
      onCollapse={() => setSide(false)}
      onHelp={() => {
        setSideDrawer(false);
        setHelp(true);
      }}
    />
  );
  const browser = (
    <SchemaBrowser
      schema={schema}
      error={schemaError}
      onRetry={retry}
      onInsert={(name) => {
        if (!roomy) setSchemaOpen(false);
        box.current?.insert(name);
      }}
      onClose={() => setSchemaOpen(false)}
    />
  );
  return (
    <div className="page">
      {wide && sideOpen && <div className="page-side">{side}</div>}
      {!wide && sideDrawer && (
        <Drawer side="left" label="Conversations" onClose={() => setSideDrawer(false)}>
          {side}
        </Drawer>
      )}
      <main className="page-main">
        <header className="page-head">
          {!sideOpen && (
            <IconButton
              icon={wide ? 'panel' : 'menu'}
              label="Show conversations"
              onClick={() => setSide(true)}
            />
          )}
          {sessionId ? (
            <h1 className="page-title" title={current?.description}>
              {current ? sessionName(current) : loadedName || 'Conversation'}
            </h1>
          ) : (
            <span className="page-title" />
          )}
          {!sideOpen && sessionId && (
            <IconButton icon="plus" label="New conversation" onClick={() => open(undefined)} />
          )}
          <IconButton
            icon="schema"
            label="Tables and columns"
            aria-pressed={schemaOpen}
            onClick={() => setSchemaOpen(!schemaOpen)}
          />
        </header>
        <div className="page-content">
          {sessionId ? (
            <ConversationView
              key={sessionId}
              sessionId={sessionId}
              first={first?.id === sessionId ? first.message : undefined}
              schema={schema}
              box={box}
              onActivity={onActivity}
              onNew={() => open(undefined)}
              onName={setLoadedName}
            />
          ) : (
            <NewConversation
              schema={schema}
              error={schemaError}
              opening={opening}
              box={box}
              onAsk={(question) => void askFirst(question)}
              onRetry={retry}
            />
          )}
        </div>
      </main>
      {schemaOpen && roomy && <div className="page-schema">{browser}</div>}
      {schemaOpen && !roomy && (
        <Drawer side="right" label="Tables and columns" onClose={() => setSchemaOpen(false)}>
          {browser}
        </Drawer>
      )}
      {help && <HelpDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
