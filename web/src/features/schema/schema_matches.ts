// Which tables and columns a search leaves: pure.
import type { Schema } from '../../api/protocol';

export type SchemaTable = Schema['tables'][number];
export type SchemaColumn = SchemaTable['columns'][number];

export interface TableMatch {
  table: SchemaTable;
  /** All columns if the table's own name matches. */
  columns: readonly SchemaColumn[];
}

export function schemaMatches(schema: Schema, search: string): TableMatch[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (...texts: (string | undefined)[]) => {
    const text = texts.filter(Boolean).join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return schema.tables.flatMap((table) => {
    if (has(table.name, table.comment)) return [{ table, columns: table.columns }];
    const columns = table.columns.filter((column) =>
      has(table.name, column.name, column.comment, ...(column.sample_values ?? [])),
    );
    return columns.length > 0 ? [{ table, columns }] : [];
  });
}

/** "customers.id" for a column that points there. */
export function targetsOf(schema: Schema): Map<string, { to: string; declared: boolean }> {
  return new Map(
    schema.foreign_keys.map((key) => [key.from, { to: key.to, declared: key.declared }]),
  );
}
