// Turns the built page into sources to compile in: every file with its compressed forms, named in
// page.cpp, its bytes taken in by page.S (an assembler reads megabytes at once, a compiler does not).
// Usage: node embed.mjs DIST_DIR OUT_DIR
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, posix, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const contentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

function filesUnder(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    })
    .sort();
}

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

const [dist, out] = process.argv.slice(2);
if (!dist || !out) {
  console.error('usage: node embed.mjs DIST_DIR OUT_DIR');
  process.exit(2);
}

const blobs = join(out, 'blobs');
rmSync(blobs, { recursive: true, force: true });
mkdirSync(blobs, { recursive: true });

const assembler = ['  .section .rodata', ''];
const declarations = [];
const rows = [];

function embed(name, bytes) {
  const file = join(blobs, `${name}.bin`);
  writeFileSync(file, bytes);
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  assembler.push(
    `  .global idi_page_${name}`,
    `idi_page_${name}:`,
    `  .incbin "${file}"  // ${digest}`,
    '',
  );
  declarations.push(`extern "C" const char idi_page_${name}[];`);
  return `{idi_page_${name}, ${bytes.length}}`;
}

filesUnder(dist).forEach((file, index) => {
  const type = contentTypes[extname(file)];
  if (!type) throw new Error(`no content type is known for ${file}`);
  const bytes = readFileSync(file);
  const path = '/' + relative(dist, file).split(sep).join(posix.sep);
  const smaller = (form) => (form.length < bytes.length ? form : Buffer.alloc(0));
  const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  rows.push(
    `    {${JSON.stringify(path)}, ${JSON.stringify(type)},\n` +
      `     ${embed(`${index}_plain`, bytes)},\n` +
      `     ${embed(`${index}_gzip`, smaller(gzipSync(bytes, { level: 9 })))},\n` +
      `     ${embed(`${index}_brotli`, smaller(brotli(bytes)))},\n` +
      `     "\\"${etag}\\"", ${path.startsWith('/assets/')}},`,
  );
});

writeFileSync(
  join(out, 'page.S'),
  `${assembler.join('\n')}\n  .section .note.GNU-stack,"",%progbits\n`,
);
writeFileSync(
  join(out, 'page.cpp'),
  `// Written by embed.mjs from the built page.
#include "embedded_page.hpp"

${declarations.join('\n')}

namespace idi::cli {

std::vector<api::StaticFile> embedded_page() {
  return {
${rows.join('\n')}
  };
}

}  // namespace idi::cli
`,
);
