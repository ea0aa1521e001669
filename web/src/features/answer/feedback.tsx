import { useState, type FormEvent } from 'react';
import type { Feedback as FeedbackValue } from '../../api/protocol';
import { Button, IconButton } from '../../components/button';

interface FeedbackProps {
  value: FeedbackValue | undefined;
  onGive: (feedback: FeedbackValue) => void;
}

export function Feedback({ value, onGive }: FeedbackProps) {
  const [open, setOpen] = useState(false);
  const [comment, setComment] = useState(value?.comment ?? '');
  const verdict = value?.verdict ?? 'none';
  function vote(choice: 'up' | 'down') {
    const next = verdict === choice ? 'none' : choice;
    onGive(
      value?.comment && next !== 'none'
        ? { verdict: next, comment: value.comment }
        : { verdict: next },
    );
    setOpen(next !== 'none');
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    onGive({ verdict, comment: comment.trim() });
    setOpen(false);
  }
  return (
    <div className="feedback">
      <IconButton
        icon="up_vote"
        label="A good answer"
        aria-pressed={verdict === 'up'}
        onClick={() => vote('up')}
      />
      <IconButton
        icon="down_vote"
        label="A wrong answer"
        aria-pressed={verdict === 'down'}
        onClick={() => vote('down')}
      />
      {open && verdict !== 'none' && (
        <form className="feedback-form" onSubmit={submit}>
          <input
            aria-label="A comment on this answer"
            placeholder={
              verdict === 'down' ? 'What is wrong with it? (optional)' : 'A comment (optional)'
            }
            value={comment}
            maxLength={2000}
            onChange={(event) => setComment(event.target.value)}
          />
          <Button type="submit">Keep</Button>
          <IconButton icon="close" label="No comment" size={15} onClick={() => setOpen(false)} />
        </form>
      )}
    </div>
  );
}
