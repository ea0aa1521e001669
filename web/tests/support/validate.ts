import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(JSON.parse(readFileSync('../protocol/idi.schema.json', 'utf8')) as object, 'idi');

/** What is wrong with a message; empty: nothing. */
export function faults(definition: string, value: unknown): string {
  const check = ajv.getSchema(`idi#/definitions/${definition}`);
  if (!check) return `no definition ${definition}`;
  return check(value) ? '' : ajv.errorsText(check.errors);
}
