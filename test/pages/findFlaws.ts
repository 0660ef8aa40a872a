import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds on a page with all of it unfolded, as `rule: elements`; of a context that bypasses the page's policy, for axe is a script. */
export async function findFlaws(page: Page): Promise<readonly string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  await page.addScriptTag({ path: axeFile });
  return page.evaluate<string[]>(RUN_AXE);
}

/** Where most goes wrong: narrow, dark and in the longer language. Every page in light and wide is in `everyPage`. */
export const HARDEST = {
  colorScheme: 'dark',
  locale: 'de-DE',
  viewport: { width: 390, height: 844 },
  bypassCSP: true,
} satisfies BrowserContextOptions;

/** What is wrong with each of these, as `path what`: answered otherwise, wider than its window, found by axe. */
export async function findFlawsOf(page: Page, paths: readonly string[], answers = [200]): Promise<readonly string[]> {
  const flaws: string[] = [];
  for (const path of paths) {
    const status = (await page.goto(path, { waitUntil: 'load' }))?.status();
    if (!answers.includes(status ?? 0)) flaws.push(`${path} answers ${status}`);
    const excess = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (excess > 0) flaws.push(`${path} is ${excess} px wider than its window`);
    flaws.push(...(await findFlaws(page)).map((flaw) => `${path} ${flaw}`));
  }
  return flaws;
}

/** WCAG 2.2 AA and best practice. */
const RUN_AXE = `axe
  .run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  })
  .then(({ violations }) => violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' ')))`;
