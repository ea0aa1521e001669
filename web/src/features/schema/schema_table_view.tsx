import { useEffect, useState } from 'react';
import { Icon } from '../../components/icon';
import { formatInteger } from '../../lib/format_number';
import type { SchemaColumn, SchemaTable } from './schema_matches';

interface SchemaTableViewProps {
  table: SchemaTable;
  columns: readonly SchemaColumn[];
  targets: ReadonlyMap<string, { to: string; declared: boolean }>;
  open: boolean;
  onInsert: (name: string) => void;
}

export function SchemaTableView({ table, columns, targets, open, onInsert }: SchemaTableViewProps) {
  const [shown, setShown] = useState(open);
  useEffect(() => setShown(open), [open]);
  return (
    <li className="schema-table">
      <div className="schema-table-head">
        <button
          type="button"
          className="schema-toggle"
          aria-expanded={shown}
          aria-label={`Columns of ${table.name}`}
          onClick={() => setShown(!shown)}
        >
          <Icon name="chevron" size={13} />
        </button>
        <button
          type="button"
          className="schema-name"
          title={`Put “${table.name}” into the question`}
          onClick={() => onInsert(table.name)}
        >
          {table.name}
        </button>
        {table.kind === 'view' && <span className="schema-kind">view</span>}
        {table.row_estimate !== undefined && (
          <span className="schema-count" title="Rows">
            {formatInteger(String(table.row_estimate), true)}
          </span>
        )}
      </div>
      {shown && (
        <>
          {table.comment && <p className="schema-comment">{table.comment}</p>}
          <ul className="schema-columns">
            {columns.map((column) => {
              const target = targets.get(`${table.name}.${column.name}`);
              return (
                <li key={column.name}>
                  <button
                    type="button"
                    className="schema-column"
                    title={`Put “${column.name}” into the question`}
                    onClick={() => onInsert(column.name)}
                  >
                    <span>{column.name}</span>
                    {column.primary_key && <Icon name="key" size={13} />}
                    {target && <Icon name="link" size={13} />}
                    <small>{column.declared_type.toLowerCase() || column.type}</small>
                  </button>
                  {column.primary_key && <span className="visually-hidden">primary key</span>}
                  {target && (
                    <p className="schema-detail">
                      → {target.to}
                      {target.declared ? '' : ' (guessed)'}
                    </p>
                  )}
                  {column.comment && <p className="schema-detail">{column.comment}</p>}
                  {column.sample_values && column.sample_values.length > 0 && (
                    <p className="schema-samples">
                      {column.sample_values.slice(0, 4).map((value, index) => (
                        <button
                          key={index}
                          type="button"
                          title={`Put “${value}” into the question`}
                          onClick={() => onInsert(value)}
                        >
                          {value}
                        </button>
                      ))}
                    </p>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </li>
  );
}
