import type { Ref } from 'react';
import type { Error as ProtocolError, Schema } from '../api/protocol';
import { Button } from '../components/button';
import { QuestionBox, type QuestionBoxHandle } from '../features/ask/question_box';
import { Starters } from '../features/ask/starters';

interface NewConversationProps {
  schema: Schema | undefined;
  error: ProtocolError | undefined;
  opening: boolean;
  box: Ref<QuestionBoxHandle>;
  onAsk: (question: string) => void;
  onRetry: () => void;
}

/** Nothing asked yet: the question box in the middle, and something to begin with. */
export function NewConversation(props: NewConversationProps) {
  const { schema, error, opening, box, onAsk, onRetry } = props;
  const obstacle = opening ? 'Opening a conversation…' : error ? error.message : undefined;
  return (
    <div className="welcome">
      <div className="welcome-column">
        <h1>What would you like to know?</h1>
        <p className="welcome-about">
          {schema ? (
            <>
              Ask <b>{schema.name}</b> in plain language. Nothing leaves this network, and nothing
              is ever changed.
            </>
          ) : (
            (error?.message ?? 'Looking at the database…')
          )}
          {error && (
            <Button look="quiet" icon="retry" onClick={onRetry}>
              Try again
            </Button>
          )}
        </p>
        <QuestionBox
          ref={box}
          asked={[]}
          obstacle={obstacle}
          running={false}
          placeholder="Ask your database…"
          onAsk={onAsk}
          onStop={() => undefined}
        />
        <Starters
          questions={schema?.starters ?? []}
          disabled={obstacle !== undefined}
          onAsk={onAsk}
        />
      </div>
    </div>
  );
}
