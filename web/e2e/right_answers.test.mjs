// Asking back, explaining, remarking, refusing: the page with what the real server really says. The
// weights may change; so each test takes the first of several questions that is answered its way.
import assert from 'node:assert/strict';
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
import { ask } from './client.mjs';
import { shop, temporaryHome } from './places.mjs';
import { Serving } from './serving.mjs';

const unclear = [
  'Orders of Hamburg',
  'Which products sold best?',
  'Show all orders from 2035',
  'Which products are best?',
  'How many orders last month?',
];
const with_two_dates = [
  'How many orders were placed in 2023?',
  'How many orders were there in 2024?',
  'Show the number of orders in March 2023',
];
const beyond_the_data = [
  'How many orders last month?',
  'How many orders were placed in 2031?',
  'How many customers joined in 2031?',
  'Show all orders from 2035',
];

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

async function firstThat(questions, holds, given = {}) {
  for (const question of questions) {
    try {
      if (holds(await ask(serving.url, question, undefined, given))) return question;
    } catch (error) {
      if (!error.reply) throw error;
    }
  }
  return assert.fail(`none of these is answered so: ${questions.join(' · ')}`);
}

const asksBack = (answer) => answer.kind === 'clarification';
const choices = (card) => card.locator('.choice');
const articles = (page) => page.getByRole('article');

test('asked back: a key chooses, the answer says so after a reload, and can forget it', async () => {
  const question = await firstThat(unclear, asksBack);
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, question);
    const first = choices(card).first();
    await first.waitFor();
    assert.ok(
      await first.evaluate((element) => element === document.activeElement),
      'the first choice has no focus',
    );
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const label = await first.locator('.choice-label').innerText();
    await page.keyboard.press('1');
    const answer = articles(page).nth(1).locator('.card:not(.running)');
    await answer.waitFor();
    await card.getByText('You chose').waitFor();
    await page.reload();
    await card.getByText('You chose').waitFor();
    assert.match((await card.innerText()).toLowerCase(), new RegExp(escaped(label.toLowerCase())));

    const forget = articles(page)
      .nth(1)
      .getByRole('button', { name: /^Forget/ });
    await forget.first().click();
    await articles(page).nth(1).getByText('that is forgotten').waitFor();
    await page.reload();
    await articles(page).nth(1).getByText('that is forgotten').waitFor();
    assert.equal(await forget.count(), 0);
  });
});

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('asked back, on a phone: a tap chooses, and another choice can be made', async () => {
  const question = await firstThat(unclear, asksBack);
  await visit(serving.url, phone, async (page) => {
    const card = await askOn(page, question);
    await choices(card).last().tap();
    await articles(page).nth(1).locator('.card:not(.running)').waitFor();
    await card.getByRole('button', { name: 'Change' }).tap();
    assert.equal(await choices(card).last().getAttribute('aria-pressed'), 'true');
    await choices(card).first().tap();
    await articles(page).nth(2).locator('.card:not(.running)').waitFor();
  });
});

test('none of the choices: the question comes back; or the likeliest is shown', async () => {
  const question = await firstThat(unclear, asksBack);
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, question);
    await card.getByRole('button', { name: /None of these/ }).click();
    assert.equal((await questionBox(page).inputValue()).trim(), question);
    await questionBox(page).fill('');
    await card.getByRole('button', { name: 'Show the likeliest' }).click();
    await articles(page).nth(1).locator('.answer').waitFor();
  });
});

test('an answer offers its other reading in one line, and takes it', async () => {
  const question = await firstThat(
    with_two_dates,
    ({ kind, clarification }) => kind === 'data' && clarification !== undefined,
  );
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, question);
    await card.locator('.offered-line button').click();
    assert.ok((await choices(card).count()) >= 2);
    await choices(card).last().click();
    const next = articles(page).nth(1);
    await next.locator('.answer').waitFor();
    await next.getByText('as you chose').waitFor();
  });
});

test('the explanation and the question show each other, by mouse, keyboard and touch', async () => {
  const question = 'How many customers live in Germany?';
  const lit = (page) => page.locator('.linked-lit').allInnerTexts();
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, question);
    const words = card.getByRole('group', { name: 'Your words' });
    const parts = card.getByRole('group', { name: 'What was looked up' });
    await parts.getByRole('button', { name: /Germany/ }).hover();
    assert.ok((await lit(page)).includes('Germany'));
    await words.getByRole('button', { name: /customers/ }).hover();
    const shown = await lit(page);
    assert.ok(shown.length >= 2, `a word shows nothing of the explanation: ${shown}`);
    await card.locator('.answer-summary').hover();
    assert.deepEqual(await lit(page), []);
    await parts.getByRole('button').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await card.locator('.answer-summary').hover();
    assert.ok((await lit(page)).length >= 2, 'what Enter keeps is lost');
    await page.keyboard.press('Escape');
    assert.deepEqual(await lit(page), []);
  });
  await visit(serving.url, phone, async (page) => {
    const card = await askOn(page, question);
    const parts = card.getByRole('group', { name: 'What was looked up' });
    await parts.getByRole('button', { name: /Germany/ }).tap();
    assert.ok((await lit(page)).includes('Germany'));
    await card.locator('.answer-summary').tap();
    assert.deepEqual(await lit(page), []);
  });
});

test('words that led to nothing are marked and named', async () => {
  const question = await firstThat(
    ['How many cheap products do we have?', 'How many lovely customers are there?'],
    ({ explanation }) => explanation.unused_words?.length > 0,
  );
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, question);
    const [unused] = await card.locator('.explained-unused .linked-unused').allInnerTexts();
    await card.getByRole('heading').locator('.linked-unused', { hasText: unused }).waitFor();
  });
});

test('a remark on the result, with what can be asked instead', async () => {
  const question = await firstThat(
    beyond_the_data,
    ({ verification }) => verification.findings.some(({ offers }) => offers.length > 0),
    { ask_back: false },
  );
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, question);
    if ((await choices(card).count()) > 0) {
      await card.getByRole('button', { name: 'Show the likeliest' }).click();
      await articles(page).nth(1).locator('.answer').waitFor();
    }
    const last = articles(page).last();
    await last.getByText('Look out').first().waitFor();
    const offer = last.locator('.finding-offers button').first();
    const instead = await offer.getAttribute('title');
    await offer.click();
    await page.getByRole('article', { name: instead }).locator('.card').waitFor();
  });
});

test('a refusal says why, and what can be asked', async () => {
  await visit(serving.url, desktop, async (page) => {
    const card = await askOn(page, 'What is the weather like tomorrow?');
    await card.getByText('This cannot be answered from the data').waitFor();
    const instead = card.getByRole('region', { name: 'Questions that this data can answer' });
    const first = instead.getByRole('button').first();
    const question = await first.innerText();
    await first.click();
    await page.getByRole('article', { name: question }).locator('.card').waitFor();
  });
});

for (const [name, options] of [
  ['desktop', desktop],
  ['phone', phone],
]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`cards, remarks and refusals fit and can be read: ${name}, ${colorScheme}`, async () => {
      const question = await firstThat(unclear, asksBack);
      await visit(serving.url, { ...options, colorScheme }, async (page) => {
        const card = await askOn(page, question);
        await assertNothingOverflows(page);
        await assertReadable(page);
        await card.getByRole('button', { name: 'Show the likeliest' }).click();
        await articles(page).nth(1).locator('.answer').waitFor();
        await askOn(page, 'What is the weather like tomorrow?');
        await assertNothingOverflows(page);
        await assertReadable(page);
      });
    });
  }
}
