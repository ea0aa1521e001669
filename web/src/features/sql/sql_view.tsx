import { useMemo } from 'react';
import { layOutSql, sqlTokens } from './sql_tokens';
import './sql.css';

/** Read-only and coloured. */
export function SqlView({ sql, small = false }: { sql: string; small?: boolean }) {
  const tokens = useMemo(() => sqlTokens(layOutSql(sql)), [sql]);
  return (
    // It may scroll, so the keyboard must reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={`sql-view ${small ? 'sql-small' : ''}`} tabIndex={0} aria-label="SQL">
      <code>
        {tokens.map((token, index) => (
          <span key={index} className={`sql-${token.kind}`}>
            {token.text}
          </span>
        ))}
      </code>
    </pre>
  );
}
