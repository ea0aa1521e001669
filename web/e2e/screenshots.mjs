// Takes the pictures of docs/screenshots. Usage: IDI=PROGRAM node e2e/screenshots.mjs OUT_DIR
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askOn, closeBrowser, desktop, openBrowser, phone, visit } from './browser.mjs';
import { shop, temporaryHome } from './places.mjs';
import { Serving } from './serving.mjs';

const out = resolve(process.argv[2] ?? '../docs/screenshots');
mkdirSync(out, { recursive: true });
const home = await temporaryHome();
const serving = await Serving.start({ ...(await shop()), home: home.path });
await openBrowser();

const settle = (page) => page.waitForTimeout(600);
const take = async (page, name) => {
  await settle(page);
  await page.screenshot({ path: join(out, `${name}.png`) });
};

for (const [width, options] of [
  [1440, desktop],
  [390, phone],
]) {
  await visit(serving.url, options, async (page) => {
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
  await visit(serving.url, { ...options, colorScheme: 'dark' }, async (page) => {
    await askOn(page, 'how many customers joined per year');
    await take(page, `dark-${width}`);
  });
}
await closeBrowser();
await serving.stop();
await home.remove();
