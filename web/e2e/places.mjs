// Where the tests find the program and make their databases. Environment: IDI (the program).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const program = resolve(process.env.IDI ?? '../build/release/idi');
export const chromium = process.env.IDI_CHROMIUM ?? '/usr/bin/chromium';

export async function temporaryHome() {
  const path = await mkdtemp(join(tmpdir(), 'idi-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

let databases;
async function databaseFolder() {
  if (!databases) {
    databases = await mkdtemp(join(tmpdir(), 'idi-e2e-databases-'));
    process.once('exit', () => execFileSync('rm', ['-rf', databases]));
  }
  return databases;
}

/** The demo shop: { program, database }. */
export async function shop() {
  const database = join(await databaseFolder(), 'shop.sqlite');
  if (!existsSync(database)) execFileSync(program, ['demo', 'create', database]);
  return { program, database };
}

/** A database made by SQL: { program, database }. */
export async function databaseOf(name, sql) {
  const database = join(await databaseFolder(), `${name}.sqlite`);
  if (!existsSync(database)) execFileSync('sqlite3', [database], { input: sql });
  return { program, database };
}
