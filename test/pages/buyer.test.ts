import { jest } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../../api/main.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import type { Query } from '../../web/server/query.js';
import { emptyNetworks, id, recordedId, seed } from '../api/seed.js';
import { makePartitions } from '../api/seedHeartbeats.js';
import { heardSeed, NOW, rankingSeed } from '../api/seedRanking.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openBrowser } from './browser.js';
import { findFlawsOf, HARDEST } from './findFlaws.js';

/** Only the clock is ours: the market is of one day, and sockets go on as they do. */
const timers = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];
jest.useFakeTimers({ now: new Date(NOW), doNotFake: timers });

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;

const HOSTILE_REGION = '"><script>alert(1)</script>\u202eeu';
const market = {
  ...rankingSeed,
  node: (rankingSeed.node ?? []).map((row) => (row.id === id('wash-b') ? { ...row, region: HOSTILE_REGION } : row)),
};

const RANKING = '/providers?model=nvidia-h100&count=4&hours=10';
const WRONG = '/providers?model=none&count=0&hours=-1&maxPrice=x&minSuccess=101&in=eu&out=eu&vram=a';
const COMPARE = `/compare?ids=${encodeURIComponent(id('steady'))}&ids=${encodeURIComponent(id('cheap'))}`;
const TOO_MANY = `/compare?${['steady', 'cheap', 'wash', 'away', 'new'].map((name) => `ids=${encodeURIComponent(id(name))}`).join('&')}`;

interface Site {
  readonly url: string;
  close(): Promise<unknown>;
}

describe(browser ? "the buyer's pages" : `the buyer's pages, skipped: ${reason}`, () => {
  let database: TestDatabase;
  let empty: TestDatabase;
  let sites: Readonly<Record<'market' | 'none' | 'down', Site>>;

  beforeAll(async () => {
    if (!browser) return;
    [database, empty] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await seed(database.url, market);
    await makePartitions(database.url);
    await seed(database.url, heardSeed);
    await seed(empty.url, { ...emptyNetworks, network: [], provider: [], token: [] });
    sites = { market: await openSite(database.url), none: await openSite(empty.url), down: await openDown() };
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all(Object.values(sites ?? {}).map((site) => site.close()));
    await Promise.all([database?.drop(), empty?.drop()]);
  });

  async function open(options: BrowserContextOptions = {}, site: keyof typeof sites = 'market'): Promise<Opened> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({
      ...{ baseURL: sites[site].url, viewport: { width: 1440, height: 900 }, locale: 'en' },
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    return { page, complaints };
  }

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with scripts' : 'without scripts';
    for (const width of [1440, 390]) {
      inBrowser(
        `lead from a workload to a ranking, a comparison and a provider, ${how}, ${width} px wide`,
        async () => {
          const { page, complaints } = await open({ javaScriptEnabled, viewport: { width, height: 900 } });
          await page.goto('/');
          await page.locator('nav[aria-label="Main"] a', { hasText: 'Providers' }).click();
          await page.locator('h1', { hasText: 'Providers' }).waitFor();
          await page.selectOption('select[name="model"]', 'nvidia-h100');
          await page.fill('input[name="count"]', '4');
          await page.fill('input[name="hours"]', '10');
          await page.getByRole('button', { name: 'Rank providers' }).click();
          await page.locator('#ranking').waitFor();
          expect(await page.locator('#ranking').textContent()).toBe('2 of 7 providers can run it');
          const rows = page.locator('.ranking tbody tr');
          expect(await rows.locator('th a[href^="/providers/"]').allTextContents()).toEqual(['steady', 'cheap']);
          expect(await rows.first().locator('.cost').textContent()).toMatch(/^1\.08 USD43\.\d+ in all$/);
          expect(await rows.first().locator('td[data-label="Success"]').textContent()).toBe('≥ 92.9 %98 of 100');
          expect(await rows.nth(1).locator('td[data-label="Free / GPUs"]').textContent()).toBe('0 / 8too few free now');
          expect(await page.locator('.answer').textContent()).toContain('steady, about 1.08 USD');
          await expectGroups(page);
          await page.getByRole('checkbox', { name: 'Compare steady' }).check();
          await page.getByRole('checkbox', { name: 'Compare cheap' }).check();
          if (javaScriptEnabled) await page.getByText('2 of 4 ticked.').waitFor();
          await page.locator('.basket button').click();
          await page.waitForURL('**/compare?**');
          const cost = page.locator('.compare tbody tr', { hasText: 'Cost of an hour that succeeds, as ranked' });
          await cost.first().waitFor();
          expect(await cost.first().locator('td').first().textContent()).toContain('best');
          await page.locator('.compare thead a', { hasText: 'steady' }).first().click();
          await page.waitForURL(`**/providers/${encodeURIComponent(id('steady'))}`);
          expect(complaints).toEqual([]);
          await page.context().close();
        },
      );
    }
  }

  async function expectGroups(page: Page): Promise<void> {
    const group = (name: string) => page.locator(`section[aria-labelledby="left-out-${name}"]`);
    expect(await group('offline').locator('h2').textContent()).toBe('Offline (1)');
    expect(await group('offline').locator('tbody td').textContent()).toBe(
      'None of its machines that suit is online now.',
    );
    expect(await group('excluded').locator('h2').textContent()).toBe('Left out (1)');
    expect(await group('excluded').locator('tbody th').textContent()).toContain(recordedId('orchestrator').slice(-4));
    expect(await group('notEnoughData').locator('tbody tr').count()).toBe(3);
    expect(await group('notEnoughData').textContent()).toContain('It is priced by task, not by the GPU-hour.');
  }

  inBrowser('keep columns, differences and whom they compare in the address', async () => {
    const { page } = await open();
    await page.goto(`${RANKING}&columns=cost,success`);
    expect(await page.locator('.ranking thead th').allTextContents()).toEqual([
      ...['Rank and provider', 'Expected cost', 'Success'],
    ]);
    await page.locator('.column-chooser summary').click();
    await page.getByRole('checkbox', { name: 'Stake' }).check();
    await page.getByRole('button', { name: 'Show these' }).click();
    await page.locator('.ranking thead th', { hasText: 'Stake' }).waitFor();
    expect(new URL(page.url()).searchParams.getAll('columns')).toEqual(['cost', 'success', 'stake']);
    expect(new URL(page.url()).searchParams.get('count')).toBe('4');
    await page.goto(COMPARE);
    const all = await page.locator('.compare tbody tr').count();
    await page.getByRole('link', { name: 'Show differences only' }).click();
    await page.waitForURL('**only=differences**');
    await page.getByRole('link', { name: 'Show all figures' }).waitFor();
    expect(await page.locator('.compare tbody tr').count()).toBeLessThan(all);
    expect(await page.getByText('Known of none of them').count()).toBe(0);
    await page.getByRole('link', { name: 'Remove cheap' }).click();
    await page.waitForURL((url) => url.searchParams.getAll('ids').length === 1);
    await page.fill('input[name="add"]', 'away');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.waitForURL((url) => url.searchParams.getAll('ids').length === 2);
    expect(new URL(page.url()).searchParams.getAll('ids')).toEqual([id('steady'), id('away')]);
    await page.context().close();
  });

  inBrowser('say clearly that four at most stand side by side', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto(TOO_MANY);
    expect(await page.getByRole('alert').textContent()).toBe(
      'You ticked 5, and four at most can stand side by side: keep up to four.',
    );
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.locator('.compare').first().waitFor();
    expect(await page.locator('.compare').first().locator('thead th').count()).toBe(5);
    await page.goto('/compare?ids=nobody:0x1');
    expect(await page.getByText('Nobody knows a provider nobody:0x1').count()).toBe(1);
    await page.context().close();
    const scripted = await open();
    await scripted.page.goto('/providers', { waitUntil: 'networkidle' });
    for (const box of await scripted.page.locator('.list input[name="ids"]').all()) await box.check();
    await scripted.page.getByText('ticked: four at most can stand side by side').waitFor();
    await scripted.page.context().close();
  });

  inBrowser('sort all providers by score and uptime, the unknown last in either order', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    for (const [key, label] of [
      ['score', 'Score'],
      ['uptimeLower', 'Uptime'],
    ]) {
      for (const dir of ['asc', 'desc']) {
        await page.goto(`/providers?sort=${key}&dir=${dir}`);
        const cells = await page.locator(`.list td[data-label="${label}"]`).allTextContents();
        expect(cells).toHaveLength(7);
        expect(cells.at(-1)).toMatch(/^—/);
        const shares = cells.slice(0, -1).map((text) => Number.parseFloat(text.replace('≥ ', '')));
        expect(shares.every(Number.isFinite)).toBe(true);
        expect(shares).toEqual([...shares].sort((one, other) => (dir === 'asc' ? one - other : other - one)));
      }
    }
    await page.context().close();
  });

  inBrowser('show what somebody typed as text, whatever it is, and say what is wrong with it', async () => {
    const { page, complaints } = await open();
    for (const value of hostile) {
      const search = new URLSearchParams(
        Object.fromEntries(
          ['model', 'vram', 'count', 'hours', 'in', 'out', 'maxPrice', 'minSuccess'].map((name) => [name, value]),
        ),
      );
      expect([value, (await page.goto(`/providers?${search}`))?.status()]).toEqual([value, 200]);
      expect(await page.locator('.problem').count()).toBeGreaterThan(3);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      const lists = `/providers?${new URLSearchParams({ network: value, gpu: value, sort: value, columns: value, page: value })}`;
      expect([value, (await page.goto(lists))?.status()]).toEqual([value, 200]);
      const compare = `/compare?${new URLSearchParams({ ids: value, add: value, only: value })}`;
      expect([value, (await page.goto(compare))?.status()]).toEqual([value, 200]);
    }
    expect(await page.goto(`${RANKING}&after=${encodeURIComponent('<img src=x>')}`).then((got) => got?.status())).toBe(
      400,
    );
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
    await page.context().close();
  });

  inBrowser('offer a hostile region as text, and rank by it', async () => {
    const { page, complaints } = await open();
    await page.goto('/providers');
    await page.locator('.regions summary').first().click();
    await page.locator('.regions input[name="in"]').last().check();
    await page.getByRole('button', { name: 'Rank providers' }).click();
    await page.locator('#ranking').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser('say that nobody is there, and that the data is out of reach', async () => {
    const none = await open({}, 'none');
    await none.page.goto('/providers');
    expect(await none.page.locator('.empty-title').textContent()).toBe('No providers here yet.');
    await none.page.goto('/providers?count=1');
    expect(await none.page.locator('.empty-title').textContent()).toBe('Nobody is known who can run this.');
    await none.page.goto('/compare');
    expect(await none.page.locator('.empty-title').textContent()).toBe('Nobody to compare yet.');
    await none.page.context().close();
    const down = await open({}, 'down');
    for (const path of ['/providers', RANKING, COMPARE]) {
      expect((await down.page.goto(path))?.status()).toBe(503);
      expect(await down.page.locator('h1').textContent()).toBe('The data is out of reach');
    }
    await down.page.context().close();
  });

  inBrowser('speak German', async () => {
    const { page, complaints } = await open({ locale: 'de' });
    await page.goto(RANKING, { waitUntil: 'networkidle' });
    expect(await page.locator('#ranking').textContent()).toBe('2 von 7 Anbietern können das ausführen');
    expect(await page.getByRole('button', { name: 'Anbieter ordnen' }).count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser('are sound in light and wide, and where it is hardest: on a phone, dark and in German', async () => {
    for (const options of [
      { colorScheme: 'light', bypassCSP: true },
      HARDEST,
    ] satisfies readonly BrowserContextOptions[]) {
      const { page } = await open(options);
      const paths = ['/providers', RANKING, WRONG, COMPARE, TOO_MANY, '/compare'];
      expect(await findFlawsOf(page, paths, [200, 400])).toEqual([]);
      await page.context().close();
    }
  });
});

interface Opened {
  readonly page: Page;
  /** Whatever the browser complained about, dialogs among it. */
  readonly complaints: string[];
}

async function openSite(databaseUrl: string): Promise<RunningApi> {
  return startApi(
    { host: '127.0.0.1', port: 0, databaseUrl, logLevel: 'silent', staleAfterSeconds: 1_000_000_000 },
    { mount: (app, { execute: query }) => mountWeb(app, { buildDir: findBuildDir(), query }) },
  );
}

async function openDown(): Promise<Site> {
  const query: Query = async () => {
    throw new RetryableError('The API cannot be reached.');
  };
  const app: FastifyInstance = Fastify({ forceCloseConnections: true });
  await mountWeb(app, { buildDir: findBuildDir(), query });
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; drop table provider; --",
  'javascript:alert(1)',
  '\u202e\u2066abc\u200b\ufeff',
  '{{constructor.constructor("alert(1)")()}}',
  `${'W'.repeat(1_200)}`,
  '%00%0d%0aSet-Cookie: a=b',
  '🏴‍☠️é́́́',
  '-1e309',
];
