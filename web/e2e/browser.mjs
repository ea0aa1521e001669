// The page in Debian's Chromium. What the page must never do is watched for every visit: errors in the
// console, uncaught exceptions, dialogs, requests to anywhere else, text that overflows.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { chromium as executablePath } from './places.mjs';

let browser;
export async function openBrowser() {
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
export async function closeBrowser() {
  await browser?.close();
}

export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Calls use(page) on a fresh profile, and fails on whatever the page did wrong meanwhile. */
export async function visit(url, options, use) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  page.expectedFaults = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => (faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    const own = host === new URL(url).host || ['data:', 'blob:'].includes(protocol);
    if (!own) faults.push(`request to ${request.url()}`);
  });
  try {
    await page.goto(url);
    await use(page);
    const unexpected = faults.filter(
      (fault) => !page.expectedFaults.some((expected) => expected.test(fault)),
    );
    assert.deepEqual(unexpected, []);
  } finally {
    await context.close();
  }
}

export const questionBox = (page) => page.getByRole('textbox', { name: 'Your question' });

/** Asks, and waits for the card with the answer (or the problem). */
export async function askOn(page, question) {
  const cards = page.getByRole('article');
  const before = await cards.count();
  await questionBox(page).fill(question);
  await questionBox(page).press('Enter');
  const card = cards.nth(before);
  await card.locator('.card:not(.running)').waitFor();
  return card;
}

/** Nothing is wider than the window, and no box cuts its text off unseen. */
export async function assertNothingOverflows(page) {
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth + 1;
    const scrolls = (element) => {
      for (let box = element; box; box = box.parentElement) {
        const overflow = getComputedStyle(box).overflowX;
        if (overflow === 'auto' || overflow === 'scroll' || overflow === 'hidden') return true;
      }
      return false;
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > limit && !scrolls(element))
      .map((element) => `${element.tagName}.${element.className}`)
      .slice(0, 5);
  });
  assert.deepEqual(wide, []);
  const scrollable = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(scrollable <= 0, `the page scrolls sideways by ${scrollable} px`);
}

/** Every text that can be read stands out from what is behind it: WCAG 2.2 AA. */
export async function assertReadable(page) {
  const faint = await page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], below) =>
      [r, g, b].map((value, n) => value * a + below[n] * (1 - a));
    const luminance = (color) => {
      const [r, g, b] = color.map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      if (!element) return [255, 255, 255];
      const own = rgba(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own.slice(0, 3) : over(own, behind(element.parentElement));
    };
    const isOff = (element) =>
      element.closest(':disabled, [aria-disabled="true"], .visually-hidden');
    return [...document.querySelectorAll('body *')]
      .filter((element) => !isOff(element) && !element.closest('svg'))
      .filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''),
      )
      .map((element) => {
        const style = getComputedStyle(element);
        const back = behind(element);
        const [light, dark] = [luminance(over(rgba(style.color), back)), luminance(back)].sort(
          (a, b) => b - a,
        );
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const contrast = (light + 0.05) / (dark + 0.05);
        return { element, contrast, needed: large ? 3 : 4.5 };
      })
      .filter(({ contrast, needed }) => contrast < needed)
      .map(
        ({ element, contrast }) =>
          `${contrast.toFixed(2)}: ${element.tagName}.${element.className} “${element.textContent.trim().slice(0, 30)}”`,
      );
  });
  assert.deepEqual(faint, []);
}
