import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../../components/button';

interface UnderstoodAsProps {
  question: string;
  /** Undefined: nothing can be asked now. */
  onCorrect: ((question: string) => void) | undefined;
  /** The question, with its marks. */
  children: ReactNode;
}

/** How a follow-up was read; corrected, it is asked as it stands. */
export function UnderstoodAs({ question, onCorrect, children }: UnderstoodAsProps) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  if (draft === undefined) {
    return (
      <p className="understood">
        <span>
          Understood as <q>{children}</q>
        </span>
        <Button look="quiet" icon="edit" onClick={() => setDraft(question)}>
          Correct
        </Button>
      </p>
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    const text = draft?.trim() ?? '';
    if (!onCorrect || text === '') return;
    setDraft(undefined);
    onCorrect(text);
  }
  return (
    <form className="understood-form" onSubmit={submit}>
      <input
        aria-label="The question, standing alone"
        value={draft}
        maxLength={4000}
        // The person has just asked for it.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setDraft(undefined);
        }}
      />
      <Button look="primary" type="submit" disabled={!onCorrect || draft.trim() === ''}>
        Ask
      </Button>
      <Button look="quiet" onClick={() => setDraft(undefined)}>
        Cancel
      </Button>
    </form>
  );
}
