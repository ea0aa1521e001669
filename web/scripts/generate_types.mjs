// Writes src/api/protocol.ts from the protocol's JSON Schema. A test holds the file to it.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const schema_path = new URL('../../protocol/idi.schema.json', import.meta.url);
const types_path = new URL('../src/api/protocol.ts', import.meta.url);

export async function generateTypes() {
  const schema = JSON.parse(await readFile(schema_path, 'utf8'));
  // A root without properties of its own would become an index signature; `additionalProperties`
  // is about the root only.
  return compile({ ...schema, additionalProperties: false }, 'IdiProtocol', {
    additionalProperties: true,
    maxItems: 2,
    unreachableDefinitions: true,
    bannerComment: '// Generated from protocol/idi.schema.json by `npm run types`. Do not edit.',
    style: { printWidth: 100, singleQuote: true },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(types_path, await generateTypes());
}
