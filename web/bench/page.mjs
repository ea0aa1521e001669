// What a visitor waits for: bytes before charts are needed, first paint, the first answer, and a result
// of 100 000 rows on the screen. Medians of several runs in Debian's Chromium, cold cache.
// Usage: node bench/page.mjs PROGRAM DATABASE DIST [RUNS]      DIST: the built page (build/…/page/dist)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { Serving } from '../e2e/serving.mjs';

const [program, database, dist, runs = '5'] = process.argv.slice(2);
if (!program || !database || !dist) {
  console.error('usage: node bench/page.mjs PROGRAM DATABASE DIST [RUNS]');
  process.exit(2);
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const work = mkdtempSync(join(tmpdir(), 'idi-bench-'));
const browser = await chromium.launch({
  executablePath: process.env.IDI_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

async function withPage(url, use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  let bytes = 0;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  try {
    await page.goto(url, { waitUntil: 'load' });
    return await use(page, () => bytes);
  } finally {
    await context.close();
  }
}

async function firstVisit(url) {
  return withPage(url, async (page, bytes) => {
    await page.getByRole('textbox', { name: /question/i }).waitFor();
    const paint = await page.evaluate(
      () =>
        new Promise((resolve) => {
          new PerformanceObserver((list) => {
            const found = list.getEntriesByName('first-contentful-paint')[0];
            if (found) resolve(found.startTime);
          }).observe({ type: 'paint', buffered: true });
        }),
    );
    const loaded = bytes();
    const from = performance.now();
    const box = page.getByRole('textbox', { name: /question/i });
    await box.fill('How many customers are there?');
    await box.press('Enter');
    await page
      .getByRole('article')
      .first()
      .getByText(/customers/i)
      .first()
      .waitFor();
    return { paint, loaded, answered: performance.now() - from };
  });
}

async function hundredThousandRows(url) {
  return withPage(url, async (page) => {
    const box = page.getByRole('textbox', { name: /question/i });
    await box.fill('Show all readings');
    const from = performance.now();
    await box.press('Enter');
    const more = page.getByRole('button', { name: /load all/i });
    await more.waitFor();
    const first = performance.now() - from;
    const asked = performance.now();
    await more.click();
    await page
      .getByText(/100[,\s.]?000 rows/)
      .first()
      .waitFor({ timeout: 60_000 });
    const all = performance.now() - asked;
    const drawn = await page.evaluate(() => document.querySelectorAll('[role=row], tr').length);
    return { first, all, drawn };
  });
}

try {
  const compressed = readdirSync(join(dist, 'assets')).map((name) => ({
    name,
    size: brotliCompressSync(readFileSync(join(dist, 'assets', name))).length,
  }));
  row('file', 'KiB, brotli');
  row('---', '--:');
  for (const { name, size } of compressed.sort((a, b) => b.size - a.size)) {
    row(name.replace(/-[\w-]{8}\./, '.'), (size / 1024).toFixed(1));
  }

  const shop = await Serving.start({ program, database, home: join(work, 'shop') });
  const visits = [];
  for (let n = 0; n < Number(runs); ++n) visits.push(await firstVisit(shop.url));
  await shop.stop();
  console.log();
  row('first visit', 'median');
  row('---', '--:');
  row('KiB over the wire before charts', (median(visits.map((v) => v.loaded)) / 1024).toFixed(0));
  row('first contentful paint, ms', median(visits.map((v) => v.paint)).toFixed(0));
  row('from Enter to the answer, ms', median(visits.map((v) => v.answered)).toFixed(0));

  const readings = join(work, 'readings.sqlite');
  execFileSync('sqlite3', [readings], {
    input: `CREATE TABLE readings (id INTEGER PRIMARY KEY, station TEXT, taken_on TEXT, temperature REAL, humidity INTEGER);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000)
      INSERT INTO readings SELECT i, 'Station ' || (i % 37), date('2020-01-01', (i / 60) || ' days'),
        round(15 + 12 * sin(i / 700.0), 1), 40 + i % 50 FROM n;`,
  });
  const large = await Serving.start({ program, database: readings, home: join(work, 'readings') });
  const results = [];
  for (let n = 0; n < Number(runs); ++n) results.push(await hundredThousandRows(large.url));
  await large.stop();
  console.log();
  row('100 000 rows', 'median');
  row('---', '--:');
  row('the first 1 000 on the screen, ms', median(results.map((r) => r.first)).toFixed(0));
  row('all of them, from the click, ms', median(results.map((r) => r.all)).toFixed(0));
  row('rows in the document', median(results.map((r) => r.drawn)));
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
