import { useMemo, useState } from 'react';
import type { Error as ProtocolError, Schema } from '../../api/protocol';
import { Button, IconButton } from '../../components/button';
import { Icon } from '../../components/icon';
import { SearchField } from '../../components/search_field';
import { plural } from '../../lib/format_number';
import { SchemaTableView } from './schema_table_view';
import { schemaMatches, targetsOf } from './schema_matches';
import './schema.css';

interface SchemaBrowserProps {
  schema: Schema | undefined;
  error: ProtocolError | undefined;
  onRetry: () => void;
  onInsert: (name: string) => void;
  onClose: () => void;
}

const opened_tables = 3;

export function SchemaBrowser({ schema, error, onRetry, onInsert, onClose }: SchemaBrowserProps) {
  const [search, setSearch] = useState('');
  const matches = useMemo(() => (schema ? schemaMatches(schema, search) : []), [schema, search]);
  const targets = useMemo(() => (schema ? targetsOf(schema) : new Map()), [schema]);
  return (
    <aside className="schema" aria-label="Tables and columns">
      <header className="schema-head">
        <div>
          <h2>{schema?.name ?? 'Database'}</h2>
          {schema && (
            <p>
              {plural(schema.tables.length, 'table')} · {schema.dialect}
            </p>
          )}
        </div>
        <IconButton icon="close" label="Close the schema" onClick={onClose} />
      </header>
      <SearchField label="Search tables, columns and values" value={search} onChange={setSearch} />
      {error && (
        <div className="schema-empty">
          <p>{error.message}</p>
          <Button icon="retry" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
      {schema && matches.length === 0 && <p className="schema-empty">Nothing matches.</p>}
      <ul className="schema-tables">
        {matches.map(({ table, columns }) => (
          <SchemaTableView
            key={table.name}
            table={table}
            columns={columns}
            targets={targets}
            open={search !== '' || matches.length <= opened_tables}
            onInsert={onInsert}
          />
        ))}
      </ul>
      {schema && (
        <p className="schema-hint">
          <Icon name="info" size={14} /> A name you choose goes into the question.
        </p>
      )}
    </aside>
  );
}
