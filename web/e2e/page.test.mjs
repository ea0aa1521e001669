// A user's way through the page, against the real server, the real parser and the demo shop.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import {
  askOn,
  assertNothingOverflows,
  assertReadable,
  closeBrowser,
  desktop,
  openBrowser,
  phone,
  questionBox,
  visit,
} from './browser.mjs';
import { shop, temporaryHome } from './places.mjs';
import { Serving } from './serving.mjs';

const endless =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

let home, serving;
before(async () => {
  home = await temporaryHome();
  serving = await Serving.start({ ...(await shop()), home: home.path });
  await openBrowser();
});
after(async () => {
  await closeBrowser();
  assert.equal(await serving.stop(), 0);
  await home.remove();
});

async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Replaces the SQL of the last card's editor and runs it. */
async function runOwnSql(page, card, sql) {
  await card.getByRole('button', { name: 'SQL', exact: true }).click();
  await card.getByRole('button', { name: 'Edit' }).click();
  const editor = card.locator('.cm-content');
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(sql);
  await card.getByRole('button', { name: 'Run', exact: true }).click();
}

test('a starter, an answer, its basis and its times', async () => {
  await visit(serving.url, desktop, async (page) => {
    const starters = page.getByRole('region', { name: 'Questions to begin with' });
    const first = starters.getByRole('button').first();
    const question = await first.innerText();
    await first.click();
    const card = page.getByRole('article', { name: question });
    await card.locator('.answer').waitFor();
    assert.match(page.url(), /\/s\/s_[\w-]{22}$/);
    await card
      .getByText(/such answers (is|are) right/)
      .first()
      .waitFor();
    await card.getByRole('button', { name: 'Based on' }).click();
    await card.getByRole('button', { name: /Time per phase/ }).click();
    await card
      .getByText(/Understanding/i)
      .first()
      .waitFor();
    await assertNothingOverflows(page);
  });
});

test('ask, see a chart, change it, find the change after a reload', async () => {
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, 'How many orders were there in each store?');
    await card.locator('svg.recharts-surface').first().waitFor();
    const kind = card.getByRole('button', { name: 'Kind of chart' });
    const before = await kind.innerText();
    await kind.click();
    const items = page.getByRole('menuitemradio');
    const names = await items.allInnerTexts();
    const other = names.find((name) => name !== before && name !== 'Table');
    assert.ok(other, `only ${names} can be chosen`);
    await items.filter({ hasText: new RegExp(`^${other}$`) }).click();
    await kind.filter({ hasText: other }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Kind of chart' }).filter({ hasText: other }).waitFor();
  });
});

test('a chart as PNG and SVG, a table as CSV, JSON and XLSX', async () => {
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, 'How many orders were there in each store?');
    await card.locator('svg.recharts-surface').first().waitFor();
    const pick = async (menu, item) => {
      await card.getByRole('button', { name: menu }).click();
      return downloaded(page, () => page.getByRole('menuitem', { name: item }).click());
    };
    const svg = await pick('Download the chart', /SVG/);
    assert.match(svg.name, /\.svg$/);
    assert.match(svg.bytes.toString(), /^<svg|^<\?xml/);
    assert.ok(!/\bvar\(--/.test(svg.bytes.toString()), 'colours that only the page knows');
    const png = await pick('Download the chart', /PNG/);
    assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.bytes.length > 5_000, 'an empty picture');
    const csv = await pick('Download the table', 'CSV');
    const lines = csv.bytes.toString().trim().split('\r\n');
    const json = await pick('Download the table', 'JSON');
    assert.equal(JSON.parse(json.bytes.toString()).length, lines.length - 1);
    const xlsx = await pick('Download the table', /XLSX/);
    assert.equal(xlsx.bytes.subarray(0, 2).toString(), 'PK');
  });
});

test("SQL of one's own: edited, run, watched, stopped, refused", async () => {
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, 'How many customers are there?');
    await runOwnSql(page, card, 'SELECT name, price FROM products ORDER BY price DESC LIMIT 3');
    const own = page.getByRole('article', { name: 'Your SQL' }).last();
    await own.locator('.answer').waitFor();
    await own
      .getByText(/3 rows/)
      .first()
      .waitFor();

    await runOwnSql(page, own, endless);
    const running = page.getByRole('progressbar');
    await running.waitFor();
    assert.ok(Number(await running.getAttribute('aria-valuenow')) > 0);
    await page.getByRole('button', { name: 'Stop' }).first().click();
    await page.getByText('You stopped this question.').waitFor();

    const again = await askOn(page, 'How many products are there?');
    await runOwnSql(page, again, 'DELETE FROM customers');
    await page.getByText('IDI only reads', { exact: true }).waitFor();
    const still = await askOn(page, 'How many customers are there?');
    await still.locator('.answer').waitFor();
  });
});

test('a reload in the middle finds the running question again', async () => {
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, 'How many customers are there?');
    await runOwnSql(page, card, endless);
    await page.getByRole('progressbar').waitFor();
    await page.reload();
    await page.getByRole('progressbar').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('You stopped this question.').waitFor();
  });
});

test('a lost connection is said, and found again', async () => {
  const lonely = await temporaryHome();
  let own = await Serving.start({ ...(await shop()), home: lonely.path });
  try {
    await visit(own.url, desktop, async (page) => {
      await askOn(page, 'How many customers are there?');
      page.expectedFaults.push(/WebSocket connection|ERR_CONNECTION|Failed to load resource/);
      const port = new URL(own.url).port;
      await own.stop('SIGKILL');
      await page
        .getByText(/connection|reconnect/i)
        .first()
        .waitFor();
      own = await Serving.start({ ...(await shop()), home: lonely.path, port });
      await questionBox(page).fill('How many products are there?');
      await page.getByRole('button', { name: 'Ask', exact: true }).click({ timeout: 30_000 });
      await page
        .getByRole('article', { name: 'How many products are there?' })
        .locator('.answer')
        .waitFor();
    });
  } finally {
    await own.stop();
    await lonely.remove();
  }
});

test('conversations: named, renamed, tagged, found, deleted, undone, resumed the next day', async () => {
  let address;
  await visit(serving.url, desktop, async (page) => {
    await askOn(page, 'What is the average price of products in each category?');
    address = page.url();
    const sidebar = page.getByRole('navigation', { name: 'Conversations' });
    const link = (name) => sidebar.getByRole('link', { name });
    const act = async (name, action) => {
      await sidebar.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await link(/average price of products/i).waitFor();
    const first = await link(/average price of products/i).innerText();

    await act(first, 'Rename');
    await page.getByRole('textbox', { name: 'Name of the conversation' }).fill('Prices to check');
    await page.keyboard.press('Enter');
    await link('Prices to check').waitFor();

    await act('Prices to check', 'Description and tags');
    const dialog = page.getByRole('dialog', { name: 'About this conversation' });
    await dialog.getByRole('textbox', { name: 'Description' }).fill('for the spring catalogue');
    await dialog.getByRole('textbox', { name: /Tags/ }).fill('catalogue, spring');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await sidebar.getByRole('button', { name: 'spring' }).click();
    await sidebar.getByRole('link').nth(1).waitFor({ state: 'detached' });
    await link('Prices to check').waitFor();
    await sidebar.getByRole('button', { name: 'spring' }).click();

    const search = page.getByRole('searchbox', { name: 'Search conversations' });
    await search.fill('no such words');
    await page.getByText('No conversation matches.').waitFor();
    await search.fill('AVERAGE PRICE');
    await link('Prices to check').waitFor();
    await search.fill('');

    await act('Prices to check', 'Delete');
    await page.getByRole('button', { name: 'Undo' }).click();
    await link('Prices to check').waitFor();
  });
  // The next day: another browser, the same address.
  await visit(address, desktop, async (page) => {
    const card = page.getByRole('article').first();
    await card.locator('.answer').waitFor();
    assert.match(await card.innerText(), /average price/i);
    await page.getByRole('heading', { name: 'Prices to check' }).waitFor();
    const next = await askOn(page, 'How many products are there?');
    await next.locator('.answer').waitFor();
  });
});

test('the schema is searched, and gives its names to the question', async () => {
  await visit(serving.url, desktop, async (page) => {
    await page.getByRole('button', { name: 'Tables and columns' }).click();
    const schema = page.getByRole('complementary', { name: 'Tables and columns' });
    await schema.getByText(/9 tables/).waitFor();
    await schema.getByRole('searchbox').fill('salary');
    await schema.getByRole('button', { name: /^salary/ }).click();
    assert.match(await questionBox(page).inputValue(), /salary/);
    await schema.getByRole('searchbox').fill('no such thing');
    await schema.getByText('Nothing matches.').waitFor();
  });
});

test('a result of many rows: all are loaded, sorted and scrolled', async () => {
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, 'Show all customers');
    await card.getByText('First 1,000 rows').waitFor();
    await card.getByRole('button', { name: 'Load all rows' }).click();
    await card.getByText('12,000 rows', { exact: true }).waitFor();
    const header = card.getByRole('columnheader').first().getByRole('button');
    await header.click();
    await header.click();
    const grid = card.getByRole('grid');
    assert.equal(await grid.getAttribute('aria-rowcount'), '12001');
    assert.ok((await grid.getByRole('row').count()) < 100, 'rows out of sight are in the document');
    const first = grid.getByRole('gridcell').first();
    const before = await first.innerText();
    await first.focus();
    await page.keyboard.press('Control+End');
    await grid.locator('[data-cell^="11999:"]').first().waitFor();
    assert.notEqual(await grid.getByRole('gridcell').last().innerText(), before);
  });
});

test('a follow-up shows how it was understood', async () => {
  await visit(serving.url, desktop, async (page) => {
    await askOn(page, 'Show the names of customers from Germany');
    const card = await askOn(page, 'how many are there?');
    await card.getByText(/Understood as/).waitFor();
    await card.getByRole('button', { name: 'Correct' }).click();
    const box = card.getByRole('textbox', { name: 'The question, standing alone' });
    await box.fill('How many customers are from France?');
    await box.press('Enter');
    await page
      .getByRole('article', { name: 'How many customers are from France?' })
      .locator('.answer')
      .waitFor();
  });
});

test('what data cannot answer, and what would change it, is said kindly', async () => {
  await visit(serving.url, desktop, async (page) => {
    const weather = await askOn(page, 'What is the weather like tomorrow?');
    await weather.locator('.problem').waitFor();
    const deletion = await askOn(page, 'Delete all customers');
    await deletion.getByText('IDI only reads', { exact: true }).waitFor();
  });
});

test('a good answer is marked, and stays marked', async () => {
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, 'How many customers are there?');
    await card.getByRole('button', { name: 'A good answer' }).click();
    await card.getByRole('textbox', { name: 'A comment on this answer' }).fill('just so');
    await card.getByRole('button', { name: 'Keep' }).click();
    await page.reload();
    const marked = page.getByRole('article').first().getByRole('button', { name: 'A good answer' });
    await marked.waitFor();
    assert.equal(await marked.getAttribute('aria-pressed'), 'true');
  });
});

test('with the keyboard alone', async () => {
  await visit(serving.url, desktop, async (page) => {
    await questionBox(page).waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('/');
    await page.keyboard.type('How many customers are there?');
    await page.keyboard.press('Enter');
    await page.getByRole('article').first().locator('.answer').waitFor();
    await page.keyboard.press('ArrowUp');
    assert.equal(await questionBox(page).inputValue(), 'How many customers are there?');
    // Everything that can be used can be reached, and shows that it has the focus.
    for (let n = 0; n < 40; ++n) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return { outside: true };
        const style = getComputedStyle(element);
        const name =
          element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.title;
        return {
          name,
          tag: element.tagName,
          seen:
            style.outlineStyle !== 'none' ||
            style.boxShadow !== 'none' ||
            element.tagName === 'TEXTAREA',
        };
      });
      if (focus.outside) continue;
      assert.ok(focus.seen, `no visible focus on ${focus.tag} “${focus.name}”`);
      if (focus.tag === 'BUTTON' || focus.tag === 'A')
        assert.ok(focus.name, 'a button without a name');
    }
  });
});

for (const [name, options] of [
  ['desktop', desktop],
  ['phone', phone],
]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`nothing overflows, all can be read: ${name}, ${colorScheme}`, async () => {
      await visit(serving.url, { ...options, colorScheme }, async (page) => {
        await assertNothingOverflows(page);
        for (const question of [
          'How many orders were there in each store?',
          'Show all customers',
          'Which five products have the highest price?',
        ]) {
          const card = await askOn(page, question);
          await card.locator('.answer').waitFor();
          await assertNothingOverflows(page);
          await assertReadable(page);
        }
      });
    });
  }
}
