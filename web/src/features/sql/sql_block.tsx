import { lazy, Suspense, useState } from 'react';
import type { Schema } from '../../api/protocol';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy_button';
import { layOutSql } from './sql_tokens';
import { SqlView } from './sql_view';

const SqlEditor = lazy(() => import('./sql_editor'));

interface SqlBlockProps {
  sql: string;
  schema: Schema | undefined;
  /** Undefined: nothing can be run now. */
  onRun: ((sql: string) => void) | undefined;
}

export function SqlBlock({ sql, schema, onRun }: SqlBlockProps) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  if (draft === undefined) {
    return (
      <div>
        <SqlView sql={sql} />
        <div className="sql-actions">
          <Button look="quiet" icon="edit" onClick={() => setDraft(layOutSql(sql))}>
            Edit
          </Button>
          <CopyButton text={sql} />
        </div>
      </div>
    );
  }
  const usable = onRun !== undefined && draft.trim() !== '';
  function run() {
    if (!onRun || draft === undefined || draft.trim() === '') return;
    onRun(draft);
    setDraft(undefined);
  }
  return (
    <div>
      <Suspense fallback={<SqlView sql={sql} />}>
        <SqlEditor
          initial={layOutSql(sql)}
          schema={schema}
          onChange={setDraft}
          onRun={run}
          onLeave={() => setDraft(undefined)}
        />
      </Suspense>
      <div className="sql-actions">
        <Button look="primary" icon="run" disabled={!usable} onClick={run}>
          Run
        </Button>
        <Button look="quiet" onClick={() => setDraft(undefined)}>
          Discard
        </Button>
        <span className="sql-hint">
          {onRun
            ? 'Only reading statements run. Ctrl+Enter runs.'
            : 'Wait for the running question.'}
        </span>
      </div>
    </div>
  );
}
