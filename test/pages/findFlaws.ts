import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds on a page with all of it unfolded, as `rule: elements`; of a context that bypasses the page's policy, for axe is a script. */
export async function findFlaws(page: Page): Promise<readonly string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  await page.addScriptTag({ path: axeFile });
  return page.evaluate<string[]>(RUN_AXE);
}

/** WCAG 2.2 AA and best practice. */
const RUN_AXE = `axe
  .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then(({ violations }) => violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' ')))`;
