import { useId, useState } from 'react';
import type { Authorship as AuthorshipValue } from '../../api/protocol';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { SqlView } from '../sql/sql_view';

interface AuthorshipProps {
  authorship: AuthorshipValue;
  onRun: ((sql: string) => void) | undefined;
}

/** Which of the two engines wrote the SQL, and whether the other one agrees; nothing where only one is in use. */
export function Authorship({ authorship, onRun }: AuthorshipProps) {
  const { agreement, model, written_by, other_sql } = authorship;
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!model) return null;
  const parser = 'the built-in parser';
  if (agreement === 'agree') {
    return (
      <p className="authorship">
        <Icon name="check" size={15} />
        <span>
          <b>{model}</b> and {parser} agree.
        </span>
      </p>
    );
  }
  const [writer, other] = written_by === 'model' ? [model, parser] : [parser, model];
  return (
    <div className="authorship-block">
      <p className="authorship">
        <Icon name="info" size={15} />
        <span>
          Written by <b>{writer}</b>.
          {agreement === 'differ' && ` To ${other} it means something else.`}
        </span>
        {other_sql && (
          <Button
            look="quiet"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide it' : 'Compare'}
          </Button>
        )}
      </p>
      {open && other_sql && (
        <div id={id} className="authorship-other">
          <SqlView sql={other_sql} small />
          <Button look="quiet" icon="run" disabled={!onRun} onClick={() => onRun?.(other_sql)}>
            Run this one
          </Button>
        </div>
      )}
    </div>
  );
}
