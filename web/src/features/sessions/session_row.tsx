import { useState } from 'react';
import type { Session } from '../../api/protocol';
import { Menu, MenuItem } from '../../components/menu';
import { sessionName } from './sessions_state';

interface SessionRowProps {
  session: Session;
  current: boolean;
  onOpen: () => void;
  onRename: (name: string) => void;
  onEdit: () => void;
  onDelete: () => void;
}

export function SessionRow(props: SessionRowProps) {
  const { session, current, onOpen, onRename, onEdit, onDelete } = props;
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const name = sessionName(session);

  function keep() {
    const text = draft?.trim() ?? '';
    if (draft !== undefined && text !== '' && text !== session.name) onRename(text);
    setDraft(undefined);
  }

  if (draft !== undefined) {
    return (
      <li className="session-row">
        <input
          className="session-rename"
          aria-label="Name of the conversation"
          value={draft}
          maxLength={200}
          // The person has just asked for it.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
            if (event.key === 'Escape') {
              event.stopPropagation();
              setDraft(undefined);
            }
          }}
        />
      </li>
    );
  }
  return (
    <li className={`session-row ${current ? 'session-current' : ''}`}>
      <a
        href={`/s/${session.id}`}
        aria-current={current ? 'page' : undefined}
        title={session.description || name}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onOpen();
        }}
        onDoubleClick={() => setDraft(session.name)}
      >
        {session.running && (
          <i className="session-running" role="img" aria-label="A question is running" />
        )}
        <span>{name}</span>
      </a>
      <Menu label={`Actions for ${name}`} icon="more">
        {(close) => (
          <>
            <MenuItem
              icon="edit"
              onSelect={() => {
                close();
                setDraft(session.name);
              }}
            >
              Rename
            </MenuItem>
            <MenuItem
              icon="tag"
              onSelect={() => {
                close();
                onEdit();
              }}
            >
              Description and tags
            </MenuItem>
            <MenuItem
              icon="trash"
              danger
              onSelect={() => {
                close();
                onDelete();
              }}
            >
              Delete
            </MenuItem>
          </>
        )}
      </Menu>
    </li>
  );
}
