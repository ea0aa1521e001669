import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { putChart } from '../../api/actions/put_chart';
import { putFeedback } from '../../api/actions/put_feedback';
import { problemOf } from '../../api/http';
import type { ClarifyMessage, Schema, ServerMessage } from '../../api/protocol';
import { Button } from '../../components/button';
import { useToast } from '../../components/toast';
import { useHotkey } from '../../lib/use_hotkey';
import type { AnswerActions } from '../answer/answer_card';
import { QuestionBox, type QuestionBoxHandle } from '../ask/question_box';
import { Starters } from '../ask/starters';
import { useResolutions } from '../clarification/use_resolutions';
import { SqlView } from '../sql/sql_view';
import { announcement } from './announcement';
import { cardChoice, cardEvent } from './card_choice';
import { runningTurn, type Asking } from './conversation_state';
import { ProblemCard } from './problem_card';
import { TurnView } from './turn_view';
import { useConversation } from './use_conversation';
import { useFollowEnd } from './use_follow_end';
import './conversation.css';

interface ConversationViewProps {
  sessionId: string;
  first: Asking | undefined;
  schema: Schema | undefined;
  box: RefObject<QuestionBoxHandle | null>;
  onActivity: (message: ServerMessage) => void;
  onNew: () => void;
  onName: (name: string) => void;
}

export function ConversationView(props: ConversationViewProps) {
  const { sessionId, first, schema, box, onActivity, onNew, onName } = props;
  const handle = useConversation(sessionId, first, onActivity);
  const { state, connection, dispatch, ask, stop, reload, reconnect } = handle;
  const show = useToast();
  const running = runningTurn(state);
  const pending = state.pending?.message;
  const connected = connection === 'open';
  const free = connected && !running && !pending;
  const { kept, forget } = useResolutions(sessionId, cardEvent(state));
  const scroller = useRef<HTMLDivElement>(null);
  useFollowEnd(
    scroller,
    `${state.turns.length}/${running?.id ?? ''}/${pending ? 1 : 0}/${state.load}`,
  );

  useHotkey({ key: 'Escape', whileTyping: true }, () => {
    if (running) stop();
  });
  const name = state.session?.name;
  useEffect(() => {
    if (name !== undefined) onName(name);
  }, [name, onName]);
  useEffect(() => {
    document.title = name ? `${name} · IDI` : 'IDI';
    return () => {
      document.title = 'IDI';
    };
  }, [name]);

  const actions = useMemo<AnswerActions>(() => {
    const say = (thrown: unknown) => show({ text: problemOf(thrown).message, bad: true });
    return {
      ask: free
        ? (query, standalone, askBack) =>
            ask({
              type: 'query',
              query,
              ...(standalone ? { standalone } : {}),
              ...(askBack === undefined ? {} : { ask_back: askBack }),
            })
        : undefined,
      choose: free
        ? (turn_id, clarification, option) =>
            ask({ type: 'clarify', turn_id, clarification, option })
        : undefined,
      forget,
      runSql: free ? (sql) => ask({ type: 'run_sql', sql }) : undefined,
      chooseChart: (turnId, choice) => {
        putChart(sessionId, turnId, choice).then(
          (visualization) => dispatch({ type: 'chart_changed', turnId, visualization }),
          say,
        );
      },
      keepRows: (turnId, results) => dispatch({ type: 'rows_loaded', turnId, results }),
      giveFeedback: (turnId, feedback) => {
        putFeedback(sessionId, turnId, feedback).then(
          (kept) => dispatch({ type: 'feedback_changed', turnId, feedback: kept }),
          say,
        );
      },
    };
  }, [free, ask, forget, sessionId, dispatch, show]);

  if (state.load === 'failed') {
    const gone = state.loadError?.code === 'not_found';
    return (
      <div className="conversation-failed">
        <ProblemCard
          error={
            gone
              ? { code: 'not_found', message: 'This conversation does not exist (any more).' }
              : (state.loadError ?? { code: 'internal', message: 'It could not be loaded.' })
          }
          action={gone ? 'Start a new one' : 'Try again'}
          onAction={gone ? onNew : reload}
        />
      </div>
    );
  }

  const obstacle =
    connection === 'lost' || (connection === 'connecting' && state.load === 'ready')
      ? 'Not connected: waiting for the server…'
      : state.load === 'loading'
        ? 'Loading the conversation…'
        : running || pending
          ? 'One question at a time: wait, or stop it.'
          : undefined;
  const isEmpty = state.load === 'ready' && state.turns.length === 0 && !pending && !state.rejected;
  const { rejected } = state;
  const unaccepted = pending ?? rejected?.message;
  const dismiss = () => dispatch({ type: 'rejection_dismissed' });
  return (
    <div className="conversation">
      <div className="conversation-scroll" ref={scroller}>
        <div className="conversation-column">
          {state.load === 'loading' && <p className="conversation-loading">Loading…</p>}
          {isEmpty && (
            <Starters
              questions={schema?.starters ?? []}
              disabled={!free}
              onAsk={(query) => ask({ type: 'query', query })}
            />
          )}
          {state.turns.map((turn, index) => (
            <TurnView
              key={turn.id}
              turn={turn}
              live={state.live[turn.id]}
              schema={schema}
              connected={connected}
              arrived={state.arrived === turn.id}
              last={index === state.turns.length - 1}
              choice={cardChoice(state, turn, kept)}
              kept={kept}
              actions={actions}
              onStop={stop}
              onReword={(question) => box.current?.insert(question)}
              onDismiss={dismiss}
            />
          ))}
          {unaccepted && unaccepted.type !== 'clarify' && (
            <article className="turn">
              <AskedHeader message={unaccepted} />
              {pending && <p className="conversation-loading">Sending…</p>}
              {rejected && !pending && (
                <ProblemCard
                  error={rejected.error}
                  onAction={free ? () => ask(rejected.message) : undefined}
                  onDismiss={dismiss}
                />
              )}
            </article>
          )}
        </div>
      </div>
      <div className="conversation-ask">
        <div className="conversation-column">
          {connection === 'lost' && (
            <p className="conversation-lost" role="status">
              <i aria-hidden="true" /> The connection is lost. Trying again…
              <Button look="quiet" onClick={reconnect}>
                Try now
              </Button>
            </p>
          )}
          <QuestionBox
            ref={box}
            asked={state.turns.map((turn) => turn.question)}
            obstacle={obstacle}
            running={running !== undefined}
            placeholder={state.turns.length > 0 ? 'Ask, or ask on…' : 'Ask your database…'}
            onAsk={(query) => ask({ type: 'query', query })}
            onStop={stop}
          />
        </div>
      </div>
      <p className="visually-hidden" aria-live="polite">
        {announcement(state)}
      </p>
    </div>
  );
}

function AskedHeader({ message }: { message: Exclude<Asking, ClarifyMessage> }) {
  return (
    <header className="turn-question">
      {message.type === 'query' ? <h2>{message.query}</h2> : <SqlView sql={message.sql} small />}
    </header>
  );
}
