import { useEffect, useRef, useState, type Ref } from 'react';
import type { Session } from '../../api/protocol';
import { Button } from '../../components/button';
import { SearchField } from '../../components/search_field';
import { SessionDialog } from './session_dialog';
import { SessionRow } from './session_row';
import { groupSessions, tagsOf } from './sessions_state';
import type { SessionsHandle } from './use_sessions';
import './sessions.css';

interface SessionListProps {
  handle: SessionsHandle;
  current: string | undefined;
  searchField: Ref<HTMLInputElement>;
  onOpen: (id: string) => void;
}

export function SessionList({ handle, current, searchField, onOpen }: SessionListProps) {
  const { sessions, total, loading, error, search, tag, setSearch, setTag, loadMore } = handle;
  const [edited, setEdited] = useState<Session | undefined>(undefined);
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = end.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) loadMore();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [loadMore]);

  const tags = tagsOf(sessions);
  if (tag !== '' && !tags.includes(tag)) tags.unshift(tag);
  const filtered = search !== '' || tag !== '';
  return (
    <nav className="sessions" aria-label="Conversations">
      <SearchField
        ref={searchField}
        label="Search conversations"
        placeholder="Search conversations"
        value={search}
        onChange={setSearch}
      />
      {tags.length > 0 && (
        <div className="sessions-tags" role="group" aria-label="Tags">
          {tags.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={tag === name}
              onClick={() => setTag(tag === name ? '' : name)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <div className="sessions-scroll">
        {error && (
          <div className="sessions-empty">
            <p>{error.message}</p>
            <Button look="quiet" icon="retry" onClick={handle.refresh}>
              Try again
            </Button>
          </div>
        )}
        {!error && !loading && sessions.length === 0 && (
          <p className="sessions-empty">
            {filtered ? 'No conversation matches.' : 'Your conversations will be kept here.'}
          </p>
        )}
        {groupSessions(sessions, Date.now()).map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3>{group.name}</h3>
            <ul>
              {group.sessions.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  current={session.id === current}
                  onOpen={() => onOpen(session.id)}
                  onRename={(name) => handle.change(session, { name })}
                  onEdit={() => setEdited(session)}
                  onDelete={() => handle.remove(session)}
                />
              ))}
            </ul>
          </section>
        ))}
        <div ref={end} className="sessions-end">
          {sessions.length < total && !error ? 'Loading…' : ''}
        </div>
      </div>
      {edited && (
        <SessionDialog
          session={edited}
          onClose={() => setEdited(undefined)}
          onSave={(change) => {
            handle.change(edited, change);
            setEdited(undefined);
          }}
        />
      )}
    </nav>
  );
}
