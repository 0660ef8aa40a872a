/**
 * `npm run screens`: a screenshot of every page, light and dark, on a phone and on a wide screen, as screens/<page>.<theme>.<width>.png.
 * Of an instance of its own, or of a running one: `npm run screens -- --url http://127.0.0.1:4340 [--api <url>/graphql]`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startProduct } from '../product.js';
import { openBrowser } from './browser.js';
import { type EveryPage, listEveryPage, toAskApi } from './everyPage.js';

const themes = ['light', 'dark'] as const;
const widths = [
  { width: 390, height: 844 },
  { width: 1_440, height: 900 },
] as const;
/** Chromium draws no picture that is higher. */
const MAX_HEIGHT = 16_000;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    api: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('../../screens', import.meta.url)) },
    only: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const { browser, reason } = await openBrowser();
  if (!browser) throw new Error(reason);
  const product = values.url ? undefined : await startProduct();
  const url = (values.url ?? product?.url ?? '').replace(/\/$/, '');
  try {
    const every = await listEveryPage(toAskApi(values.api ?? `${url}/graphql`));
    const pages = every.filter(({ name }) => !values.only || name.includes(values.only));
    await mkdir(values.out, { recursive: true });
    for (const colorScheme of themes) {
      for (const viewport of widths) {
        const context = await browser.newContext({ baseURL: url, colorScheme, viewport, reducedMotion: 'reduce' });
        for (const page of pages) await shoot(await context.newPage(), page, `${colorScheme}.${viewport.width}`);
        await context.close();
      }
    }
    process.stdout.write(`${pages.length * themes.length * widths.length} screenshots in ${values.out}\n`);
  } finally {
    await browser.close();
    await product?.stop();
  }
}

async function shoot(tab: Page, { name, path }: EveryPage, variant: string): Promise<void> {
  await tab.goto(path, { waitUntil: 'networkidle' });
  const height = await tab.evaluate<number>('document.documentElement.scrollHeight');
  const { width = 0 } = tab.viewportSize() ?? {};
  // Charts are drawn when they come into sight: the whole page is.
  await tab.setViewportSize({ width, height: Math.min(height, MAX_HEIGHT) });
  await tab.waitForTimeout(300);
  await tab.screenshot({ path: join(values.out, `${name}.${variant}.png`) });
  await tab.close();
}

await main();
