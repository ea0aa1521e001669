import { useState, type FormEvent } from 'react';
import type { Session, SessionChange } from '../../api/protocol';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { readTags } from './sessions_state';

interface SessionDialogProps {
  session: Session;
  onClose: () => void;
  onSave: (change: SessionChange) => void;
}

export function SessionDialog({ session, onClose, onSave }: SessionDialogProps) {
  const [name, setName] = useState(session.name);
  const [description, setDescription] = useState(session.description);
  const [tags, setTags] = useState(session.tags.join(', '));
  function submit(event: FormEvent) {
    event.preventDefault();
    const change: SessionChange = { description: description.trim(), tags: readTags(tags) };
    if (name.trim() !== '' && name.trim() !== session.name) change.name = name.trim();
    onSave(change);
  }
  return (
    <Dialog title="About this conversation" onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          Name
          <input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          Description
          <textarea
            value={description}
            maxLength={2000}
            onChange={(event) => setDescription(event.target.value)}
          />
        </label>
        <label className="field">
          Tags
          <input value={tags} maxLength={400} onChange={(event) => setTags(event.target.value)} />
          <small>Separated by commas.</small>
        </label>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
