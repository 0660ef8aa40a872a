import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Product, startProduct } from '../product.js';
import { toSharedPath } from '../sharedData.js';
import { openBrowser } from './browser.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;
const RECORDING = 'livepeer/bondingmanager-events-arbitrum-2022-02_03.json';
const hasRecording = existsSync(toSharedPath(RECORDING));
const withRecording = browser && hasRecording ? it : it.skip;
const RECORDED = '/providers?network=livepeer-arbitrum-recorded';

interface Opened {
  readonly page: Page;
  /** Whatever the browser complained about: errors of scripts, of the policy, of the network. */
  readonly complaints: string[];
}

describe(browser ? 'the pages in a real browser' : `the pages in a real browser, skipped: ${reason}`, () => {
  let product: Product;
  let paths: readonly string[];

  beforeAll(async () => {
    if (!browser) return;
    product = await startProduct();
    paths = await findPaths(await open({ javaScriptEnabled: false }));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Opened> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({
      baseURL: product.url,
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    return { page, complaints };
  }

  inBrowser('each answers 200 with its heading and rows, with and without JavaScript', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, complaints } = await open({ javaScriptEnabled });
      for (const path of paths) {
        const response = await page.goto(path, { waitUntil: 'load' });
        expect([path, response?.status()]).toEqual([path, 200]);
        expect(await page.locator('h1').count()).toBe(1);
        expect([path, await page.locator('tbody tr, .figure-tile').count()]).not.toEqual([path, 0]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  inBrowser(
    'the status says of every chain how far its amounts are checked, and of every rule whether it applies',
    async () => {
      const { page } = await open();
      await page.goto('/status', { waitUntil: 'networkidle' });
      const section = page.locator('.conservation');
      await section.getByText('checked up to block').first().waitFor();
      expect(await section.locator('.badge-good').count()).toBe(await page.locator('.chain-trust').count());
      expect(await section.locator('tbody tr').count()).toBe(0);
      const rules = section.locator('details').first();
      await rules.locator('summary').click();
      expect(await rules.locator('dt').count()).toBe(6);
      expect(await rules.getByText('Does not apply.').first().isVisible()).toBe(true);
      await page.context().close();
    },
  );

  inBrowser('a reputation has its history and what changed it, in lines that add up and lead to jobs', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto('/providers?network=compute-market-devnet');
    const hrefs = await page.evaluate<string[]>(
      "[...document.querySelectorAll('tbody th a')].map((one) => one.getAttribute('href'))",
    );
    const jobs = page.locator('.score-changes td a');
    // The roller follows the indexer.
    for (let turn = 0; (await jobs.count()) === 0; turn += 1) {
      if (turn > 0) await new Promise((resolve) => setTimeout(resolve, 500));
      await page.goto(hrefs[turn % hrefs.length] ?? '');
    }
    expect(await page.locator('.score-history svg polyline').count()).toBeGreaterThan(0);
    expect(await page.locator('.score-history svg').getAttribute('aria-label')).toMatch(
      /between [\d.]+ and [\d.]+ points/,
    );
    const score = await page.locator('.score').getAttribute('title');
    await page.locator('.score-history summary').click();
    expect(await page.locator('.score-history tbody td').first().textContent()).toBe(score);
    const moved = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.score-changes td.number span')].map((one) => one.title)",
    );
    const toMicro = (points: string) => Math.round(Number(points) * 1e6);
    const sum = moved.reduce((micro, points) => micro + toMicro(points), 0);
    const whole = await page.locator('.score-changes caption span').getAttribute('title');
    expect(sum).toBe(toMicro(whole ?? ''));
    await jobs.first().click();
    await page.waitForURL('**/jobs/*');
    await page.context().close();
  });

  inBrowser('charts of a provider have their rows as files that say what they are', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto('/providers?network=compute-market-devnet&sort=jobs&dir=desc');
    await page.locator('tbody th a').first().click();
    await page.waitForURL('**/providers/*');
    // The roller follows the indexer.
    for (const chart of ['.score-history', '.price-history']) {
      while ((await page.locator(chart).count()) === 0) {
        await page.waitForTimeout(500);
        await page.reload();
      }
    }
    const read = async (name: string) => {
      const href = await page.getByRole('link', { name: `CSV of ${name}`, exact: true }).getAttribute('href');
      const answer = await page.request.get(href ?? '');
      expect([name, answer.status(), answer.headers()['content-type']]).toEqual([name, 200, 'text/csv; charset=utf-8']);
      const lines = (await answer.text()).trimEnd().split('\r\n');
      expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^as of block,31339:\d+,/)]));
      return lines.slice(lines.indexOf('') + 1);
    };
    const countRows = (of: string) => page.locator(`${of} tbody tr`).count();
    const scores = await read('scoreHistory');
    expect([scores[0], scores.length - 1]).toEqual(['at,points', await countRows('.score-history')]);
    expect(scores[1]?.split(',')[1]).toBe(await page.locator('.score').getAttribute('title'));
    const prices = await read('prices');
    expect(prices[0]).toBe('unit,day,basis,median,lowest,highest,prices');
    expect(prices.length - 1).toBe(await countRows('.price-history'));
    for (const missing of ['/providers/nobody/score.csv', '/providers/nobody/prices.csv', '/nodes/nobody/uptime.csv'])
      expect([missing, (await page.request.get(missing)).status()]).toEqual([missing, 404]);
    await page.context().close();
  });

  inBrowser('a page that does not exist says so, inside the frame', async () => {
    const { page } = await open();
    for (const path of ['/nowhere', '/providers/nobody', '/jobs/none:0x00']) {
      expect((await page.goto(path))?.status()).toBe(404);
      expect(await page.locator('h1').textContent()).toBe('Not found');
      expect(await page.locator('nav[aria-label="Main"] a').count()).toBe(12);
    }
    await page.context().close();
  });

  const recordedTitle = 'a recorded history is marked wherever it shows, and has blocks in place of dates';
  withRecording(hasRecording ? recordedTitle : `${recordedTitle} (skipped: ${RECORDING} is absent)`, async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto('/');
    expect(
      await page
        .locator('.tile', { has: page.locator('.badge-recorded') })
        .locator('.notice')
        .count(),
    ).toBe(1);
    await page.goto(RECORDED);
    const rows = await page.locator('tbody tr').count();
    expect(rows).toBe(50);
    expect(await page.locator('tbody td .badge-recorded').count()).toBe(rows);
    await page.locator('tbody th a').first().click();
    await page.waitForURL('**/providers/*');
    expect(await page.locator('.notice-recorded').count()).toBe(1);
    expect(await page.locator('main time').count()).toBe(0);
    expect(await page.getByText('(recorded order)').count()).toBeGreaterThan(1);
    await page.context().close();
  });

  inBrowser('nothing is wider than a phone', async () => {
    const { page } = await open({ viewport: { width: 390, height: 844 } });
    for (const path of [...paths, '/nowhere', '/metrics']) {
      await page.goto(path, { waitUntil: 'load' });
      const excess = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect([path, excess]).toEqual([path, 0]);
    }
    await page.context().close();
  });

  inBrowser('on a phone rows are cards that keep the roles of a table, and lists keep their sorting', async () => {
    const { page } = await open({ viewport: { width: 390, height: 844 } });
    for (const path of paths) {
      await page.goto(path, { waitUntil: 'load' });
      const widths = await page.evaluate<number[]>(READ_TABLE_EXCESS);
      expect([path, widths.filter((excess) => excess > 0)]).toEqual([path, []]);
    }
    await page.goto('/jobs');
    expect(await page.getByRole('rowheader').count()).toBe(await page.locator('tbody tr').count());
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.locator('th[aria-sort="descending"]', { hasText: 'Tasks' }).waitFor();
    await page.context().close();
  });

  inBrowser('a network is found in any letter case, and one that is not there is said to be so', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto('/jobs');
    const href = (await page.locator('tbody td.network a').first().getAttribute('href')) ?? '';
    const network = decodeURIComponent(href.slice('/networks/'.length));
    for (const list of ['/', '/providers', '/jobs']) {
      await page.goto(`${list}?network=${network.toUpperCase()}`);
      expect([list, await page.locator('.filters select[name="network"]').inputValue()]).toEqual([list, network]);
      await page.goto(`${list}?network=nowhere`);
      expect([list, await page.getByText('No such network.').count()]).toEqual([list, 1]);
    }
    await page.context().close();
  });

  inBrowser('the chart draws exactly what its table says', async () => {
    const { page, complaints } = await open({ bypassCSP: true });
    await page.goto('/');
    await page.locator('.chart-box').scrollIntoViewIfNeeded();
    await page.locator('[data-drawn="true"] canvas').waitFor();
    const days = (await page.evaluate<string[]>(READ_DAYS)).toReversed();
    const drawn = await page.evaluate<{ labels: string[]; values: number[][] }>(READ_CHART);
    expect(drawn.labels.map((label) => label.slice(0, 10))).toEqual(days.map((day) => day.split(' ')[0]));
    expect(drawn.values.map(String)).toEqual([1, 2].map((column) => days.map((day) => day.split(' ')[column]).join()));
    expect(drawn.values.flat().some((value) => value > 0)).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser('links are followed without a page load, where nothing else is asked of them', async () => {
    const { page, complaints } = await open();
    await page.goto('/jobs', { waitUntil: 'networkidle' });
    await page.evaluate('window.stays = true');
    const toStatus = page.getByRole('link', { name: 'Status', exact: true }).first();
    await toStatus.click();
    await page.waitForURL('**/status');
    await page.locator('h1', { hasText: 'Status' }).waitFor();
    expect(await page.evaluate('window.stays')).toBe(true);
    // Where the reader is already: no entry more to come back through.
    const entries = await page.evaluate<number>('history.length');
    await toStatus.click();
    expect(await page.evaluate<number>('history.length')).toBe(entries);
    // Another tab is the browser's.
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page
        .getByRole('link', { name: 'Networks', exact: true })
        .first()
        .click({ modifiers: ['Control'] }),
    ]);
    await tab.waitForURL('**/networks');
    expect(new URL(page.url()).pathname).toBe('/status');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser('a script that is not there any more leaves the page to the server', async () => {
    const { page } = await open();
    await page.route('**/assets/ProviderList-*.js', (route) => route.abort());
    await page.goto('/status', { waitUntil: 'networkidle' });
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await page.locator('header').getByRole('link', { name: 'Providers', exact: true }).click();
    await page.locator('h1', { hasText: 'Providers' }).waitFor();
    const rows = page.locator('tbody th a');
    await rows.first().waitFor();
    // By the server, once: the page that it writes waits for no script.
    await page.waitForLoadState('networkidle');
    expect(loads).toBe(1);
    await rows.first().click();
    await page.waitForURL('**/providers/*');
    await page.locator('h1').waitFor();
    await page.context().close();
  });

  inBrowser('a click on a heading sorts, a second one turns the order', async () => {
    const { page } = await open();
    await page.goto('/providers');
    await page.goto(
      (await page.locator('tbody td.network a').first().getAttribute('href'))?.replace(
        '/networks/',
        '/providers?network=',
      ) ?? '',
    );
    for (const direction of ['descending', 'ascending']) {
      await page.getByRole('link', { name: 'Locked now' }).click();
      const heading = page.locator(`th[aria-sort="${direction}"]`, { hasText: 'Locked now' });
      await heading.waitFor();
      const stakes = await page.evaluate<number[]>(READ_STAKES);
      expect(stakes.length).toBeGreaterThan(1);
      expect(stakes).toEqual(stakes.toSorted((one, other) => (direction === 'ascending' ? one - other : other - one)));
    }
    expect(page.url()).toContain('sort=stake&dir=asc');
    await page.context().close();
  });

  inBrowser('the theme is kept, with and without JavaScript', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, complaints } = await open({ javaScriptEnabled, colorScheme: 'light' });
      await page.goto('/status', { waitUntil: 'networkidle' });
      // The page turns dark at once; the choice is kept when the server has answered.
      const kept = page.waitForResponse((response) => new URL(response.url()).pathname.startsWith('/theme'));
      await page.getByRole('button', { name: 'Dark' }).click();
      await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
      await kept;
      expect(new URL(page.url()).pathname).toBe('/status');
      await page.goto('/jobs');
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      await page.getByRole('button', { name: 'System' }).click();
      await page.locator('html:not([data-theme])').waitFor({ state: 'attached' });
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  inBrowser(
    'an open page fetches again when the data has moved, and keeps its rows when the server is away',
    async () => {
      const { page } = await open();
      await page.clock.install();
      let answer = JSON.stringify({ now: new Date().toISOString(), mark: 'moved' });
      await page.route('**/pulse', (route) => (answer ? route.fulfill({ body: answer }) : route.abort()));
      await page.goto('/jobs', { waitUntil: 'networkidle' });
      const fetched = page.waitForRequest((request) => request.url().includes('/jobs.data'));
      await page.clock.runFor(6_000);
      await fetched;
      answer = '';
      await page.clock.runFor(6_000);
      await page.getByText('Connection lost.').waitFor();
      expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
      await page.context().close();
    },
  );

  inBrowser('scripts stay within their budget: of a list, and 65 kB for charts', async () => {
    const { page } = await open();
    const sizes: { url: string; bytes: number }[] = [];
    page.on('response', async (response) => {
      if (response.url().endsWith('.js')) {
        sizes.push({ url: response.url(), bytes: gzipSync(await response.body()).length });
      }
    });
    await page.goto('/jobs', { waitUntil: 'networkidle' });
    // With what comes after the first paint; what comes before has its bar in bundle.test.ts.
    expect(sum(sizes)).toBeLessThanOrEqual(115_000);
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.locator('.chart-box').scrollIntoViewIfNeeded();
    await page.locator('[data-drawn="true"] canvas').waitFor();
    const charts = sizes.filter(({ url }) => url.includes('chartLibrary'));
    expect(charts).toHaveLength(1);
    expect(sum(charts)).toBeLessThanOrEqual(65_000);
    await page.context().close();
  });
});

/** Every kind of page once: the lists, and what their first rows lead to. */
async function findPaths({ page }: Opened): Promise<readonly string[]> {
  const lists = ['/providers', '/jobs', ...(hasRecording ? [RECORDED] : [])];
  const paths = [
    '/',
    '/networks',
    '/status',
    '/supply',
    '/prices',
    '/reliability',
    '/economy',
    '/mechanisms',
    ...lists,
  ];
  for (const list of lists) {
    await page.goto(list);
    const href = await page.locator('tbody th a').first().getAttribute('href');
    if (href) paths.push(href);
  }
  await page.context().close();
  return paths;
}

/** "2026-01-31 12 3 5" for each row of the chart's table. */
const READ_DAYS = `[...document.querySelectorAll('.activity-table tbody tr')].map((row) =>
  [row.dataset.day, ...[...row.cells].slice(1).map((cell) => cell.textContent)].join(' '))`;

/** How far each table reaches beyond its region: what a thumb would have to find by scrolling sideways. */
const READ_TABLE_EXCESS = `[...document.querySelectorAll('.table-region')].map((one) => one.scrollWidth - one.clientWidth)`;

/** The page's own copy of the chart library knows what the canvas shows. */
const READ_CHART = `(async () => {
  const { name } = performance.getEntriesByType('resource').find((entry) => entry.name.includes('chartLibrary'));
  const { data } = (await import(name)).Chart.getChart(document.querySelector('canvas'));
  return { labels: data.labels, values: data.datasets.map((set) => set.data) };
})()`;

/** The exact amounts of the sorted column, which their titles give; as numbers, which is enough for an order. */
const READ_STAKES = `[...document.querySelectorAll('tbody td[data-label="Locked now"] .amount')].map((one) =>
  Number(one.title.split(' ')[0].replaceAll(',', '')))`;

function sum(sizes: readonly { bytes: number }[]): number {
  return sizes.reduce((total, { bytes }) => total + bytes, 0);
}
