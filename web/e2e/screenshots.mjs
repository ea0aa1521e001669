// Takes the pictures of docs/screenshots. Usage: IDI=PROGRAM node e2e/screenshots.mjs OUT_DIR
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askOn, closeBrowser, desktop, openBrowser, phone, visit } from './browser.mjs';
import { shop, temporaryHome } from './places.mjs';
import { Serving } from './serving.mjs';

const out = resolve(process.argv[2] ?? '../docs/screenshots');
mkdirSync(out, { recursive: true });
const home = await temporaryHome();
// The day on which the shop's records end: "last month" is in them.
const options = ['--today', '2024-12-31'];
const serving = await Serving.start({ ...(await shop()), home: home.path, options });
await openBrowser();

const settle = (page) => page.waitForTimeout(600);
const take = async (page, name) => {
  await settle(page);
  await page.screenshot({ path: join(out, `${name}.png`) });
};
const toTop = (card) => card.evaluate((element) => element.scrollIntoView({ block: 'start' }));

for (const [width, given] of [
  [1440, desktop],
  [390, phone],
]) {
  await visit(serving.url, given, async (page) => {
    await take(page, `start-${width}`);
    await askOn(page, 'How many customers are there?');
    await askOn(page, 'How many employees are there in each store?');
    await take(page, `answer-${width}`);
    const card = await askOn(page, 'sort by number of employees');
    await take(page, `follow-up-${width}`);
    await card.getByRole('button', { name: 'SQL', exact: true }).click();
    await card.getByRole('button', { name: 'SQL', exact: true }).scrollIntoViewIfNeeded();
    await take(page, `sql-${width}`);
  });
  await visit(serving.url, { ...given, colorScheme: 'dark' }, async (page) => {
    await askOn(page, 'how many customers joined per year');
    await take(page, `dark-${width}`);
  });
}

// One picture for each thing that an answer can say of itself.
const modest = { viewport: { width: 1280, height: 800 } };
const picture = (name, use, given = modest) =>
  visit(serving.url, given, async (page) => {
    await use(page);
    await take(page, `shop-${name}`);
  });

await picture('explained', async (page) => {
  const card = await askOn(page, 'How many customers per city, most first?');
  await card.getByRole('group', { name: 'What was looked up' }).getByText('most first').hover();
});
await picture('not-used', async (page) => {
  await askOn(page, 'How many cheap products do we have?');
});
const asked_back = 'Which products sold best?';
await picture('asked-back', (page) => askOn(page, asked_back));
await picture('asked-back-phone', (page) => askOn(page, asked_back), {
  ...phone,
  colorScheme: 'dark',
});
await picture('chosen', async (page) => {
  const card = await askOn(page, asked_back);
  await card.getByRole('button', { name: /quantity/i }).click();
  await page.getByRole('article').nth(1).locator('.answer').waitFor();
  await page.mouse.move(0, 0);
  await toTop(card);
});
await picture('other-reading', async (page) => {
  const card = await askOn(page, 'How many orders were placed in 2023?');
  await card.getByRole('button', { name: 'Change' }).click();
});
await picture('remark', (page) => askOn(page, 'How many customers joined in July 2026?'));
await picture('unsure', async (page) => {
  const card = await askOn(page, 'How many orders next month?');
  const likeliest = card.getByRole('button', { name: 'Show the likeliest' });
  if ((await likeliest.count()) === 0) return;
  await likeliest.click();
  const answer = page.getByRole('article').nth(1);
  await answer.locator('.answer').waitFor();
  await page.mouse.move(0, 0);
  await toTop(answer);
});
await picture('refusal', (page) => askOn(page, 'What is our market share?'));

await closeBrowser();
await serving.stop();
await home.remove();
