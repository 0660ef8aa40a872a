import Fastify from 'fastify';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../../api/main.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import { seed } from '../api/seed.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openBrowser } from './browser.js';
import { findFlawsOf, HARDEST } from './findFlaws.js';
import { dayText, GAP, H100, network, other, withMarket } from './seedMarket.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;

const METRIC = `/metrics/jobs.success?subject=${network}`;
const pages = [
  ...[
    '/',
    `/?network=${other}`,
    '/networks',
    '/networks?sort=price&dir=asc',
    `/networks/${network}`,
    `/networks/${other}`,
  ],
  ...['/supply', '/prices', `/prices?hardware=nvidia-h100`, '/reliability', '/economy', '/mechanisms', '/metrics'],
  ...[
    METRIC,
    `${METRIC}&interval=week`,
    `/metrics/jobs.success?subject=all`,
    `/metrics/price.settledIndex?subject=${H100}`,
  ],
  '/metrics/mechanisms.unservedBids',
];

describe(browser ? 'the pages of networks' : `the pages of networks, skipped: ${reason}`, () => {
  let database: TestDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    if (!browser) return;
    database = await createTestDatabase();
    await seed(database.url, withMarket);
    api = await startWith(database.url);
  });

  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await database?.drop();
  });

  async function open(options: BrowserContextOptions = { javaScriptEnabled: false }, baseURL = api.url): Promise<Page> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, ...options });
    return context.newPage();
  }

  inBrowser(
    'an analyst comes from the price on the first page to its chart, its table, its file and its question',
    async () => {
      const page = await open({ bypassCSP: true });
      const complaints = listComplaints(page);
      await page.goto('/');
      await page.getByRole('link', { name: 'Settled price index' }).click();
      await page.waitForURL(`**/metrics/price.settledIndex?subject=${network}`);
      await page.locator('[data-drawn="true"] canvas').waitFor();
      const drawn = await page.evaluate<Drawn>(READ_CHART);
      const rows = (await page.evaluate<string[]>(READ_ROWS)).toReversed();
      expect(drawn.labels.filter((_, at) => drawn.sets[0]?.data[at] !== null)).toEqual(
        rows.map((row) => row.split('|')[0]),
      );
      expect(drawn.sets[0]?.data.filter((value) => value !== null)).toEqual(
        rows.map((row) => Number(row.split('|')[1])),
      );
      const file = await page.request.get(
        (await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')) ?? '',
      );
      const lines = (await file.text()).split('\r\n');
      expect(lines).toContain('metric,price.settledIndex');
      expect(lines).toContain(`${dayText(1)}T00:00:00.000Z,${dayText(0)}T00:00:00.000Z,2.01,2.01,,40,no,,,,`);
      await page.locator('.show-graphql summary').click();
      const playground = await page.getByRole('link', { name: 'Open in the playground' }).getAttribute('href');
      const asked = new URLSearchParams(playground?.slice(playground.indexOf('?')));
      const answer = await page.request.post(`${api.url}/graphql`, {
        data: { query: asked.get('query'), variables: JSON.parse(asked.get('variables') ?? '{}') },
      });
      const { data } = (await answer.json()) as {
        data: { market: { series: readonly { points: readonly unknown[] }[] } };
      };
      expect(data.market.series[0]?.points).toHaveLength(rows.length);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  inBrowser(
    'a chart has a gap where nothing is known, marks the bucket that is not over, and draws how sure it is',
    async () => {
      const page = await open({ bypassCSP: true });
      await page.goto(METRIC);
      await page.locator('[data-drawn="true"] canvas').waitFor();
      const { labels, sets, titles } = await page.evaluate<Drawn>(READ_CHART);
      expect(labels.at(-1)).toBe(`${dayText(0)} so far`);
      expect(labels).toHaveLength(20);
      expect(sets.map(({ label }) => label)).toEqual([
        'iExec on the devnet',
        'iExec on the devnet, low',
        'iExec on the devnet, high',
      ]);
      const gap = labels.indexOf(dayText(GAP));
      expect(sets.map(({ data }) => data[gap])).toEqual([null, null, null]);
      // In per cent, 89 of 100 between the bounds of REL-04.
      expect(sets.map(({ data }) => Number(data.at(-2)?.toFixed(1)))).toEqual([89, 81.4, 93.7]);
      expect(titles).toEqual(['Day (UTC)', '%']);
      await page.goto('/metrics/jobs.timeToEndP50');
      await page.getByText('Where most of the others lie').waitFor();
      expect(await page.locator('tbody td[data-label="Between"]').first().textContent()).toMatch(/^≤ |^60 min/);
      await page.context().close();
    },
  );

  inBrowser(
    'what is shown of a metric is in its address: interval, range, days by their dates, every network',
    async () => {
      const page = await open();
      const rows = page.locator('.series-table tbody tr');
      await page.goto(`${METRIC}&from=${dayText(5)}&to=${dayText(3)}`);
      expect(await rows.locator('th').allTextContents()).toEqual([dayText(3), dayText(4), dayText(5)]);
      const href = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
      expect(href).toContain(`from=${dayText(5)}&to=${dayText(3)}`);
      await page.goto(`${METRIC}&interval=week`);
      expect(await rows.count()).toBeLessThanOrEqual(4);
      await page.selectOption('select[name="range"]', '730');
      await page.getByRole('button', { name: 'Apply' }).click();
      expect(new URL(page.url()).search).toBe(`?subject=${network}&interval=week&range=730`);
      await page.goto('/metrics/jobs.success?subject=all');
      expect(await page.locator('.series-table thead th').allTextContents()).toEqual([
        ...['Day (UTC)', 'iExec on the devnet', 'The other one'],
      ]);
      const file = await page.request.get('/metrics/jobs.success/series.csv?subject=all');
      expect((await file.text()).split('\r\n')).toEqual(
        expect.arrayContaining([expect.stringMatching(new RegExp(`^${other},${dayText(1)}T.*,0.89,`))]),
      );
      expect((await page.goto('/metrics/no.such'))?.status()).toBe(404);
      await page.context().close();
    },
  );

  inBrowser(
    'the first page adds up what adds up, and says whose price it shows and of how many networks it is',
    async () => {
      const page = await open();
      await page.goto('/');
      const tile = (title: string) =>
        page.locator('.figure-tile', { has: page.getByRole('link', { name: title, exact: true }) });
      // 99 GPUs of each network for a day.
      expect(await tile('Supply').locator('.figure-value').textContent()).toBe('4,752 GPU-hours');
      expect(await tile('Supply').locator('.figure-notes').textContent()).toContain('2 of 2 networks');
      expect(await tile('Online').locator('.figure-notes').textContent()).toContain('1 of 2 networks');
      expect(await tile('Settled price index').locator('.figure-notes').textContent()).toContain(
        'of iExec on the devnet',
      );
      expect(await tile('Payouts a day').locator('.figure-value').textContent()).toBe('1,998 USD');
      const models = page.locator('section[aria-labelledby="models"] .multiples').first();
      expect(await models.locator('a').allTextContents()).toEqual(['NVIDIA H100', 'NVIDIA L4']);
      await page.goto(`/?network=${other}`);
      expect(await tile('Supply').locator('.figure-value').textContent()).toBe('2,376 GPU-hours');
      expect(await page.locator('section[aria-labelledby="by-network"]').count()).toBe(0);
      await page.context().close();
    },
  );

  inBrowser(
    'networks stand side by side, sorted with the unknown ones last, and lead to a page with all of each',
    async () => {
      const page = await open();
      await page.goto('/networks');
      const rows = page.locator('tbody tr');
      expect(await rows.locator('th a').allTextContents()).toEqual(['iExec on the devnet', 'The other one']);
      expect(await rows.nth(1).locator('td[data-label="Settled price"]').textContent()).toMatch(/^—/);
      for (const direction of ['descending', 'ascending']) {
        await page.getByRole('link', { name: 'Online' }).click();
        await page.locator(`th[aria-sort="${direction}"]`, { hasText: 'Online' }).waitFor();
        expect(await rows.first().locator('th a').textContent()).toBe('iExec on the devnet');
      }
      await rows.nth(1).locator('th a').click();
      await page.waitForURL(`**/networks/${other}`);
      expect(await page.locator('h1').textContent()).toBe('The other one');
      const recorded = page.locator('section[aria-labelledby="recorded"]');
      expect(await recorded.locator('div', { hasText: 'Stake' }).last().textContent()).toContain(
        'Nothing is locked here.',
      );
      expect(await page.locator('section[aria-labelledby="chain"]').getByText('State digest').count()).toBe(1);
      await page.goto(`/networks/${network.toUpperCase()}`);
      expect(await page.locator('section[aria-labelledby="top-providers"] tbody th').allTextContents()).toEqual([
        expect.stringMatching(/^Aurora Compute/),
      ]);
      const lists = page.locator('nav[aria-label^="Lists of"] a');
      for (const href of await lists.evaluateAll((links) => links.map((link) => link.getAttribute('href'))))
        expect([href, (await page.request.get(href ?? '')).status()]).toEqual([href, 200]);
      await page.context().close();
    },
  );

  inBrowser(
    'prices have what is asked now, asked beside settled, each model, and no cloud whose list nobody read',
    async () => {
      const page = await open();
      await page.goto('/prices');
      const asks = page.locator('section[aria-labelledby="asks"]');
      expect(await asks.getByText('2 machines with 10 GPUs').first().textContent()).toBe(
        '2 machines with 10 GPUs ask from 0.35 USD for a GPU-hour; half of the GPUs cost no more than 2.1 USD.',
      );
      expect(await asks.locator('svg .column').count()).toBeGreaterThan(2);
      expect(await asks.locator('svg').getByText('median 2.1').count()).toBe(1);
      const row = page.locator('section[aria-labelledby="by-hardware"] tbody tr', { hasText: 'NVIDIA H100' });
      expect(await row.locator('td').allTextContents()).toEqual([
        '2.01',
        '2.1',
        '2.1',
        '—unknown: No evidence yet',
        '8',
        '—unknown: No evidence yet',
      ]);
      expect(await page.locator('section[aria-labelledby="beside"] thead th').allTextContents()).toEqual([
        ...['Day (UTC)', 'Settled price', 'Ask of all supply'],
      ]);
      expect(await page.locator('section[aria-labelledby="cloud"]').textContent()).toContain(
        'No dated list of a cloud',
      );
      await page.goto('/economy');
      expect(await page.locator('section[aria-labelledby="rules"] tbody tr').textContent()).toMatch(
        /^Reward cut12.5 %/,
      );
      for (const title of ['In how many hands it is, by operator', 'The same by address'])
        expect([title, await page.locator(`section[aria-label="${title}"] .figure-value`).count()]).toEqual([title, 1]);
      await page.goto('/mechanisms');
      expect(await page.locator('section[aria-labelledby="unserved"]').count()).toBe(1);
      await page.context().close();
    },
  );

  inBrowser('every chart has its rows as a file that says what they are, and the question they answer', async () => {
    const page = await open();
    const read = async (path: string, name: string) => {
      await page.goto(path);
      const link = page.getByRole('link', { name: `CSV of ${name}`, exact: true }).first();
      const answer = await page.request.get((await link.getAttribute('href')) ?? '');
      expect([path, answer.status(), answer.headers()['content-type']]).toEqual([path, 200, 'text/csv; charset=utf-8']);
      return (await answer.text()).split('\r\n');
    };
    const beside = await read('/prices', 'compared');
    expect(beside).toEqual(
      expect.arrayContaining([
        ...['metric,price.settledIndex', 'metric,price.askSupplyWeighted', 'method version,1', 'as of block,77'],
        ...['unit,usdPerGpuHour', `subject,${network}`, expect.stringMatching(/^definition,/)],
        `price.settledIndex,${dayText(1)}T00:00:00.000Z,${dayText(0)}T00:00:00.000Z,2.01,2.01,,40,no,,,,`,
      ]),
    );
    const shown = await page.locator('section[aria-labelledby="beside"] tbody tr').count();
    expect(beside.filter((line) => line.startsWith('price.settledIndex,20'))).toHaveLength(shown);
    expect(await read('/prices', 'askBook')).toEqual(
      expect.arrayContaining(['floor,0.35', 'median,2.1', 'from,below,GPUs,machines', expect.stringMatching(/,8,1$/)]),
    );
    expect(await read('/', 'activity')).toContain('day,tasks completed,tasks failed,new jobs,in progress');
    expect(await read(`/?network=${other}`, 'activity')).toContain(`network,${other}`);
    const models = await read('/', 'hardware');
    expect(models).toContainEqual(expect.stringMatching(new RegExp(`^supply.registeredGpuSeconds,${H100},`)));
    for (const path of ['/supply', '/reliability', '/economy', '/mechanisms', '/networks', `/networks/${network}`])
      expect((await read(path, 'market')).filter((line) => line.startsWith('metric,')).length).toBeGreaterThan(1);
    for (const path of ['/figures.csv', `/figures.csv?metrics=no.such&networks=${network}`, '/asks.csv'])
      expect([path, (await page.request.get(path)).status()]).toEqual([path, 400]);
    await page.context().close();
  });

  inBrowser('each answers with and without JavaScript, and complains of nothing', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open({ javaScriptEnabled });
      const complaints = listComplaints(page);
      for (const path of pages) {
        expect([path, (await page.goto(path, { waitUntil: 'load' }))?.status()]).toEqual([path, 200]);
        expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
        // Where nothing draws there is no frame of a drawing; its table is there either way.
        if (!javaScriptEnabled) expect([path, await page.locator('canvas:visible').count()]).toEqual([path, 0]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  inBrowser(
    'the library of charts is loaded when one comes into sight, and stands still where that is asked for',
    async () => {
      const page = await open({ reducedMotion: 'reduce', viewport: { width: 1440, height: 400 }, bypassCSP: true });
      const libraries: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('chartLibrary')) libraries.push(request.url());
      });
      await page.goto('/prices', { waitUntil: 'networkidle' });
      expect(libraries).toEqual([]);
      await page.locator('section[aria-labelledby="beside"]').scrollIntoViewIfNeeded();
      await page.locator('[data-drawn="true"] canvas').waitFor();
      expect(libraries).toHaveLength(1);
      expect((await page.evaluate<Drawn>(READ_CHART)).animation).toBe(false);
      await page.context().close();
    },
  );

  inBrowser('is sound where it is hardest: on a phone, dark and in German', async () => {
    const page = await open(HARDEST);
    expect(await findFlawsOf(page, pages)).toEqual([]);
    await page.context().close();
  });

  inBrowser('says what is not there yet where nothing is indexed', async () => {
    const empty = await createTestDatabase();
    const bare = await startWith(empty.url);
    const page = await open({ javaScriptEnabled: false }, bare.url);
    for (const path of [
      '/',
      '/networks',
      '/supply',
      '/prices',
      '/reliability',
      '/economy',
      '/mechanisms',
      '/metrics/jobs.success',
    ]) {
      expect([path, (await page.goto(path))?.status()]).toEqual([path, 200]);
      expect([path, await page.locator('.empty').count()]).not.toEqual([path, 0]);
      expect([path, await page.locator('.figure-value').count()]).toEqual([path, 0]);
    }
    expect((await page.goto(`/networks/${network}`))?.status()).toBe(404);
    await page.context().close();
    await bare.close();
    await empty.drop();
  });

  inBrowser('says that the data is out of reach while the API is down, with a status that says so', async () => {
    const app = Fastify();
    await mountWeb(app, { buildDir: findBuildDir(), query: async () => Promise.reject(new Error('down')) });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const page = await open({ javaScriptEnabled: false }, url);
    for (const path of pages) {
      const answer = await page.goto(path);
      expect([path, answer?.status(), answer?.headers()['retry-after']]).toEqual([path, 503, '5']);
      expect(await page.locator('h1').textContent()).toBe('The data is out of reach');
    }
    await page.context().close();
    await app.close();
  });
});

function startWith(databaseUrl: string): Promise<RunningApi> {
  return startApi(
    { host: '127.0.0.1', port: 0, databaseUrl, logLevel: 'silent', staleAfterSeconds: 120 },
    { mount: (app, { execute: query }) => mountWeb(app, { buildDir: findBuildDir(), query }) },
  );
}

/** Errors of scripts, of the policy, of the network. */
function listComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}

interface Drawn {
  readonly labels: readonly string[];
  readonly sets: readonly { readonly label: string; readonly data: readonly (number | null)[] }[];
  readonly titles: readonly string[];
  readonly animation: unknown;
}

/** The page's own copy of the chart library knows what the canvas shows. */
const READ_CHART = `(async () => {
  const { name } = performance.getEntriesByType('resource').find((entry) => entry.name.includes('chartLibrary'));
  const { data, options } = (await import(name)).Chart.getChart(document.querySelector('canvas'));
  return {
    labels: data.labels,
    sets: data.datasets.map((set) => ({ label: set.label, data: set.data })),
    titles: [options.scales.x.title.text, options.scales.y.title.text],
    animation: options.animation,
  };
})()`;

/** "2026-01-31|2.5" for each row of the chart's table, the value to its last digit. */
const READ_ROWS = `[...document.querySelectorAll('.series-table tbody tr')].map((row) =>
  [row.cells[0].textContent, row.cells[1].querySelector('span').title].join('|'))`;
