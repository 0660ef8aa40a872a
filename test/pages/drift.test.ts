import { randomBytes } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../../api/main.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import { anomalyRow, devnet, emptyNetworks, seed, withClient } from '../api/seed.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openBrowser } from './browser.js';
import { findFlaws } from './findFlaws.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;

const pages = [
  '/',
  '/networks',
  `/networks/${devnet.network}`,
  '/providers',
  '/jobs',
  '/prices',
  '/metrics/jobs.success',
];
const STALE_SECONDS = 120;

describe(browser ? 'the drift banner' : `the drift banner, skipped: ${reason}`, () => {
  let database: TestDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    if (!browser) return;
    database = await createTestDatabase();
    await seed(database.url, emptyNetworks);
    api = await startApi(
      { host: '127.0.0.1', port: 0, databaseUrl: database.url, logLevel: 'silent', staleAfterSeconds: STALE_SECONDS },
      { mount: (app, { execute: query }) => mountWeb(app, { buildDir: findBuildDir(), query }) },
    );
  });

  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await database?.drop();
  });

  async function open(options: BrowserContextOptions = { javaScriptEnabled: false }): Promise<Page> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({ baseURL: api.url, viewport: { width: 1440, height: 900 }, ...options });
    return context.newPage();
  }

  /** Another block is written, and its source, asked just now, was as far ahead as said. */
  async function setChain({ phase = 'live', behindSeconds = 0 }): Promise<void> {
    const blockHash = randomBytes(32);
    await withClient(database.url, async (client) => {
      await client.query(
        `update chain set phase = $1, seen_at = now(), head_time = now(), block_time = now() - make_interval(secs => $2),
          height = height + 1, block_hash = $3 where chain_id = $4`,
        [phase, behindSeconds, blockHash, devnet.id],
      );
    });
    // What was answered a moment ago may be answered again.
    const isKnown = async () => (await (await fetch(`${api.url}/pulse`)).text()).includes(blockHash.toString('hex'));
    while (!(await isKnown())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  const banner = (page: Page) => page.locator('.notices .notice-warning');

  inBrowser('stands on every page while the chain is further than what is shown, and only then', async () => {
    const page = await open();
    await setChain({ behindSeconds: STALE_SECONDS * 2 });
    for (const path of pages) {
      await page.goto(path);
      expect([path, await banner(page).allTextContents()]).toEqual([
        path,
        ['devnet is behind. Its newest events are missing below; see status.'],
      ]);
      expect([path, await banner(page).getByRole('link').getAttribute('href')]).toEqual([path, '/status']);
    }
    await setChain({ behindSeconds: STALE_SECONDS / 2 });
    for (const path of pages) {
      await page.goto(path);
      expect([path, await banner(page).count()]).toEqual([path, 0]);
    }
    await page.context().close();
  });

  inBrowser('comes to an open page, and leaves it, without a reload', async () => {
    const page = await open({ bypassCSP: true });
    await page.clock.install();
    await setChain({});
    await page.goto('/jobs', { waitUntil: 'networkidle' });
    await page.evaluate('window.stays = true');
    expect(await banner(page).count()).toBe(0);
    for (const [behindSeconds, state] of [
      [STALE_SECONDS * 2, 'visible'],
      [0, 'detached'],
    ] as const) {
      await setChain({ behindSeconds });
      await page.clock.runFor(6_000);
      await banner(page).waitFor({ state });
      expect(await findFlaws(page)).toEqual([]);
    }
    expect(await page.evaluate('window.stays')).toBe(true);
    await page.context().close();
  });

  inBrowser('says that nothing new is written where indexing has halted', async () => {
    const page = await open({ javaScriptEnabled: false, locale: 'de-DE' });
    await setChain({ phase: 'halted' });
    await page.goto('/providers');
    expect(await banner(page).allTextContents()).toEqual([expect.stringMatching(/^devnet steht still\. /)]);
    await setChain({});
    await page.context().close();
  });

  inBrowser(
    'and the status names each invariant that is broken, with what was expected and what is there',
    async () => {
      const page = await open();
      await setChain({});
      await page.goto('/status');
      const wrong = page.locator('.faults, .notice', { hasText: 'do not fit together' });
      expect(await wrong.count()).toBe(0);
      await seed(database.url, { anomaly: [anomalyRow(20)] });
      // Of the same block it is the same answer.
      await setChain({});
      await page.goto('/status');
      expect(await wrong.first().textContent()).toContain('Amounts of devnet that do not fit together: 1.');
      const broken = page.locator('.conservation tbody tr');
      expect(await broken.count()).toBe(1);
      expect(await broken.textContent()).toContain('5 RLC were spent from escrow and 4 RLC were paid.');
      await page.context().close();
    },
  );
});
