import type { BrowserContextOptions, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../../api/main.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import { devnet, execute, id, recorded, seed } from '../api/seed.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openBrowser } from './browser.js';
import { findFlawsOf, HARDEST } from './findFlaws.js';
import { seedBeats, withBeats } from './seedBeats.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;

const POOL = `/providers/${encodeURIComponent(id('pool'))}`;
const QUIET = `/providers/${encodeURIComponent(id('quiet'))}`;
const NODE = `/nodes/${encodeURIComponent(id('shaky'))}`;
const NETWORK = `/networks/${devnet.network}`;
const RECORDED = `/networks/${recorded.network}`;
const pages = [POOL, QUIET, NODE, NETWORK, RECORDED, '/', '/status'];

describe(browser ? 'what pages show of heartbeats' : `what pages show of heartbeats, skipped: ${reason}`, () => {
  let database: TestDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    if (!browser) return;
    database = await createTestDatabase();
    await seed(database.url, withBeats);
    await seedBeats(database.url, new Date());
    api = await startApi(
      { host: '127.0.0.1', port: 0, databaseUrl: database.url, logLevel: 'silent', staleAfterSeconds: 120 },
      { mount: (app, { execute: query }) => mountWeb(app, { buildDir: findBuildDir(), query }) },
    );
  });

  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await database?.drop();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({
      baseURL: api.url,
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    return context.newPage();
  }

  inBrowser("a provider's page has its uptime with how much is behind it, without scripts too", async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(POOL);
    const section = page.locator('section[aria-labelledby="reliability"]');
    expect(await section.locator('.badge').first().textContent()).toContain('Online');
    expect(await section.getByText('2 of 3 nodes').count()).toBe(1);
    expect(await section.locator('dd', { hasText: '30 days' }).textContent()).toMatch(/^98\.\d\d % 30 days$/);
    expect(await section.getByText('Counters of one key went back while time went on').count()).toBe(1);
    expect(await section.locator('dt', { hasText: 'Without maintenance' }).count()).toBe(1);
    // The bars and the table behind them have the same days.
    const drawn = await section.locator('svg .bar-up').count();
    expect(drawn).toBe(90);
    expect(await section.locator('details tbody tr').count()).toBe(drawn);
    await page.context().close();
  });

  inBrowser(
    'each node has its own: online or silent in words, uptime, flags; nothing where it sends nothing',
    async () => {
      const page = await open({ javaScriptEnabled: false });
      await page.goto(POOL);
      const cells = async (node: string) => {
        const row = page.locator('section', { hasText: 'All nodes' }).locator('tbody tr', { hasText: node }).last();
        return Promise.all(['Now', 'Uptime'].map((label) => row.locator(`td[data-label="${label}"]`).textContent()));
      };
      expect(await cells('steady')).toEqual(['● Online', '100 % 30 days']);
      expect(await cells('fresh')).toEqual(['● Online', '100 % 3 of 30 days']);
      expect(await cells('shaky')).toEqual([
        expect.stringMatching(/^○ Silent.*The machine is not what the node claims on chain\..*two machines share it\./),
        expect.stringMatching(/^9\d\.\d\d % 30 days$/),
      ]);
      expect(await cells('mute')).toEqual(Array(2).fill('—unknown: No heartbeats: it does not send any'));
      await page.context().close();
    },
  );

  inBrowser('a machine has a page of its own behind its name, with its days, its windows and whose it is', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(POOL);
    await page.locator('section', { hasText: 'All nodes' }).getByRole('link', { name: 'shaky' }).last().click();
    await page.waitForURL(`**${NODE}`);
    expect(await page.locator('h1').textContent()).toBe('shaky');
    expect(await page.getByRole('link', { name: 'Aurora Compute' }).getAttribute('href')).toBe(POOL);
    const section = page.locator('section[aria-labelledby="reliability"]');
    expect(await section.getByText('By heartbeats that it signs').count()).toBe(1);
    expect(await section.locator('.badge').first().textContent()).toContain('Silent');
    const drawn = await section.locator('svg .bar-up').count();
    expect(drawn).toBeGreaterThan(29);
    expect(await section.locator('details tbody tr').count()).toBe(drawn);
    expect(await page.getByText('None that we saw.').count()).toBe(1);
    expect((await page.goto(`/nodes/${encodeURIComponent(id('nobody'))}`))?.status()).toBe(404);
    await page.context().close();
  });

  inBrowser('days of a provider and of a machine are had as a file that says what they are', async () => {
    const page = await open({ javaScriptEnabled: false });
    for (const path of [POOL, NODE]) {
      await page.goto(path);
      const link = page.getByRole('link', { name: 'CSV of uptimeByDay', exact: true });
      const answer = await page.request.get((await link.getAttribute('href')) ?? '');
      expect([path, answer.headers()['content-type']]).toEqual([path, 'text/csv; charset=utf-8']);
      const lines = (await answer.text()).trimEnd().split('\r\n');
      expect(lines).toEqual(expect.arrayContaining(['title,Uptime by day', 'unit,minutes of all its nodes']));
      const [header, ...days] = lines.slice(lines.indexOf('') + 1);
      expect(header).toBe('day,nodes,up,known,expected,uptime,in progress');
      expect([path, days.length]).toEqual([path, await page.locator('#reliability ~ .day-strip tbody tr').count()]);
      expect(days[0]).toMatch(/^\d{4}-\d\d-\d\d,\d,\d+,\d+,\d+,[01](\.\d+)?,(yes|no)$/);
    }
    await page.context().close();
  });

  inBrowser('what our probes found stands beside it, of the provider and of its machines', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(POOL);
    const row = page.locator('section[aria-labelledby="reachability"] tbody tr');
    expect(await row.locator('th').allTextContents()).toEqual(['http']);
    expect(await row.locator('td[data-label="Now"]').textContent()).toContain('2 of 2 endpoints');
    expect(await row.locator('td[data-label="Reached"]').textContent()).toMatch(/^9\d\.\d\d % [34] of 30 days$/);
    const cells = page.locator('td[data-label="Reachable"]');
    expect((await cells.allTextContents()).filter((text) => text.includes('Reached'))).toHaveLength(1);
    await page.goto(QUIET);
    expect(await page.getByRole('heading', { name: 'Reachability' }).count()).toBe(0);
    await page.context().close();
  });

  inBrowser('where nobody sends, that is said in words, and no number is made up', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(QUIET);
    await page.getByText("No heartbeats: none of this provider's nodes sends any").waitFor();
    await page.goto(RECORDED);
    await page.getByText('No heartbeats: this network’s nodes do not send any.').waitFor();
    expect(await page.getByText('Most reliable nodes').count()).toBe(0);
    expect((await page.goto('/networks/nowhere'))?.status()).toBe(404);
    await page.context().close();
  });

  inBrowser('a network has its days and its most reliable nodes, those that are known for longer before', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto('/');
    expect(await page.getByText('No heartbeats: its nodes do not send any').count()).toBe(1);
    await page.getByRole('link', { name: 'Reliability of iExec on the devnet' }).click();
    await page.waitForURL(`**${NETWORK}#reliability`);
    expect(await page.locator('h1').textContent()).toBe('iExec on the devnet');
    const nodes = page.locator('section[aria-labelledby="reliable-nodes"] tbody tr');
    expect(await nodes.locator('th').allTextContents()).toEqual(['steady', 'fresh', 'shaky']);
    expect(await nodes.nth(1).locator('td[data-label="Uptime"]').textContent()).toBe('99.95 % 3 of 30 days');
    const days = page.locator('section[aria-labelledby="reliability"] tbody tr');
    expect(await days.count()).toBe(75);
    expect(await days.nth(40).locator('td[data-label="Uptime"]').textContent()).toBe('—unknown: Nothing is known');
    await page.context().close();
  });

  inBrowser('our own outage is said wherever uptime is shown, and nowhere else', async () => {
    const page = await open({ javaScriptEnabled: false });
    for (const path of [POOL, NETWORK, '/status']) {
      await page.goto(path);
      const notice = page.getByText('these minutes count as unknown, for nobody');
      expect([path, await notice.count()]).toEqual([path, 1]);
      expect(await notice.textContent()).toMatch(/was down from \d{4}-\d\d-\d\d \d\d:\d\d to [\d: -]+ UTC: these/);
    }
    for (const path of [QUIET, '/']) {
      await page.goto(path);
      expect([path, await page.getByText('these minutes count as unknown').count()]).toEqual([path, 0]);
    }
    await page.context().close();
  });

  inBrowser('the status names who observes, when each was away and what came of late', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto('/status');
    const section = page.locator('section[aria-labelledby="heartbeats"]');
    expect(await section.locator('tbody th').allTextContents()).toEqual(['north', 'south']);
    expect(await section.locator('tbody .badge').allTextContents()).toEqual(['✓ Observing', '✓ Observing']);
    expect(await section.locator('td[data-label="Away"]').allTextContents()).toEqual([
      expect.stringMatching(/12 minutes$/),
      expect.stringMatching(/41 minutes$/),
    ]);
    expect(await section.getByText('Beats in the last 5 minutes').textContent()).toMatch(/2 · 2 · 2 · 2 · 2$/);
    await page.context().close();
  });

  inBrowser('is sound where it is hardest: on a phone, dark and in German', async () => {
    const page = await open(HARDEST);
    expect(await findFlawsOf(page, pages)).toEqual([]);
    await page.context().close();
  });

  inBrowser('a collector that is down now says since when, and that nobody is known to be online', async () => {
    await execute(database.url, `delete from observer_slot where slot > ${Math.floor(Date.now() / 60_000) - 20}`);
    await execute(database.url, 'truncate node_hour_open');
    const page = await open({ javaScriptEnabled: false });
    await page.goto(POOL);
    const notice = page.getByText('these minutes count as unknown, for nobody');
    expect(await notice.textContent()).toMatch(
      /has been down since .*, after 1 more in the last day \(\d\d minutes in all\): these .*Who is online now cannot be said/,
    );
    expect(await page.locator('.badge', { hasText: 'Online' }).count()).toBe(0);
    expect(await page.locator('.badge', { hasText: 'Silent' }).count()).toBe(0);
    expect(await page.locator('.badge', { hasText: 'Not known' }).count()).toBeGreaterThan(0);
    await page.context().close();
  });
});
