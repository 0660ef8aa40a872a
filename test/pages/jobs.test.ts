import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Api } from '../../api/createApi.js';
import { createServer } from '../../api/createServer.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import { completed, created, type OpenLive, openLive } from '../api/openLive.js';
import { openBrowser } from './browser.js';
import { findFlawsOf, HARDEST } from './findFlaws.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;
const toPath = (job: string) => `/jobs/market-test:${job}`;

describe(browser ? 'a job that is watched' : `a job that is watched, skipped: ${reason}`, () => {
  let live: OpenLive;
  let api: Api;
  /** The same pages at an origin of their own, where there are no subscriptions. */
  let aloneUrl: string;
  let isDown = false;
  const alone = createServer();

  beforeAll(async () => {
    if (!browser) return;
    live = await openLive(
      {},
      {
        mount: async (app, mounted) => {
          api = mounted;
          await mountWeb(app, { buildDir: findBuildDir(), query: mounted.execute, live: true });
        },
      },
    );
    await mountWeb(alone, {
      buildDir: findBuildDir(),
      query: (...asked) => (isDown ? Promise.reject(new Error('nobody answers')) : api.execute(...asked)),
    });
    aloneUrl = await alone.listen({ host: '127.0.0.1', port: 0 });
    await live.write();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await alone.close();
    await live?.close();
  });

  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    if (!browser) throw new Error(reason);
    const viewport = { width: 1440, height: 900 };
    const page = await (await browser.newContext({ baseURL: live.url, viewport, ...options })).newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    return { page, complaints };
  }

  /** On a page whose pulse never sees a change: what it shows, the stream has told. */
  async function watch(job: string): Promise<Awaited<ReturnType<typeof open>>> {
    const opened = await open();
    const { page } = opened;
    const pulse = await (await page.request.get('/pulse')).text();
    await page.route('**/pulse', (route) => route.fulfill({ body: pulse }));
    await page.goto(toPath(job));
    await page.locator('.live-mark-open').waitFor();
    await page.evaluate('window.stays = true');
    return opened;
  }

  inBrowser(
    'shows each new block without a reload, and a step that the chain takes back as one that is gone',
    async () => {
      await live.write([[created('a', 'p')]]);
      const height = 2;
      const { page, complaints } = await watch('a');
      const badge = page.locator('.kicker .badge');
      expect(await badge.textContent()).toContain('Open');
      expect(await page.locator('.step').count()).toBe(1);

      await live.write([[{ kind: 'taskStarted', task: 'a0' }], [completed('a0')]]);
      await badge.getByText('Completed').waitFor();
      expect(await page.locator('.step-title strong').allTextContents()).toEqual([
        'Agreed and funded',
        'Started',
        'Completed',
      ]);
      expect(await page.getByText('1 of 1').count()).toBeGreaterThan(0);
      expect(await page.locator('.step-gone').count()).toBe(0);

      await live.rollBack(height);
      const notice = page.locator('[role="status"] .notice-warning', { hasText: 'The chain has replaced' });
      await notice.getByText('2 steps of this job were taken back').waitFor();
      expect(await notice.textContent()).toContain('The chain has replaced the blocks after 2.');
      expect(await notice.textContent()).toContain('It was “Completed” and is “Open” again.');
      expect(await badge.textContent()).toContain('Open');
      expect(await page.locator('.step-gone s').allTextContents()).toEqual(['Started', 'Completed']);
      expect(await page.locator('.step-gone .badge').first().textContent()).toContain('Taken back');

      // Another branch says something else: what is gone stays marked beside it.
      await live.write([[{ kind: 'taskFailed', task: 'a0' }]], { height: 3, fork: 'x' });
      await badge.getByText('Failed').waitFor();
      expect(await page.locator('.step:not(.step-gone) .step-title strong').allTextContents()).toEqual([
        'Agreed and funded',
        'Failed',
      ]);
      expect(await page.locator('.step-gone').count()).toBe(2);
      expect(await page.evaluate('window.stays')).toBe(true);
      expect(complaints).toEqual([]);
      // Who opens the page now sees what there is.
      await page.reload();
      await page.locator('.step').first().waitFor();
      expect(await page.locator('.step-gone').count()).toBe(0);
      expect(await page.getByText('The chain has replaced').count()).toBe(0);
      await page.context().close();
    },
  );

  inBrowser('says so when the chain takes back all of it, and comes again with it', async () => {
    await live.write([[created('b', 'p')]]);
    const { page } = await watch('b');
    await live.rollBack(3);
    await page.getByRole('heading', { name: 'The chain has taken this back' }).waitFor();
    await page.unroute('**/pulse');
    await live.write([[created('b', 'q')]], { fork: 'y' });
    await page.locator('.kicker .badge', { hasText: 'Open' }).waitFor();
    expect(await page.evaluate('window.stays')).toBe(true);
    await page.context().close();
  });

  inBrowser('is told of in the list as well, where the others make room without a jump', async () => {
    const { page } = await open();
    await page.addInitScript(COLLECT_SHIFTS);
    await page.goto('/jobs');
    await page.locator('.live-mark-open').waitFor();
    const rows = await page.locator('tbody tr').count();
    await live.write([[created('c', 'p')]]);
    await page.getByRole('link', { name: 'c', exact: true }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(rows + 1);
    await page.waitForTimeout(500);
    expect(await page.evaluate('shifts')).toEqual([]);
    // Who turns the list upside down sees it so at once.
    await page.evaluate(
      "globalThis.glides = 0; document.querySelector('tbody tr').constructor.prototype.animate = () => { glides += 1; }",
    );
    await page.getByRole('link', { name: 'Created (UTC)' }).click();
    await page.waitForURL('**/jobs?**dir=asc**');
    await page.locator('tbody tr').first().getByRole('link', { name: 'a', exact: true }).waitFor();
    expect(await page.evaluate('glides')).toBe(0);
    await page.context().close();
  });

  inBrowser('is found out by the pulse where the subscriptions are not at the pages’ origin', async () => {
    await live.write([[created('d', 'p')]]);
    const { page, complaints } = await open({ baseURL: aloneUrl });
    await page.clock.install();
    await page.goto(toPath('d'), { waitUntil: 'networkidle' });
    expect(await page.locator('.live-mark').textContent()).toBe('Every 5 s');
    await live.write([[completed('d0')]]);
    await page.clock.runFor(6_000);
    await page.locator('.kicker .badge', { hasText: 'Completed' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser(
    'is whole without scripts: steps with their transactions, cost, time, the provider’s record, raw events',
    async () => {
      const { page } = await open({ javaScriptEnabled: false });
      await page.goto(toPath('d'));
      expect(await page.locator('.step-proof code').count()).toBe(await page.locator('.step').count());
      expect(await page.locator('.step-proof code').first().getAttribute('title')).toMatch(/^0x[0-9a-f]{64}$/);
      expect(await page.locator('dt', { hasText: 'Paid so far' }).count()).toBe(1);
      expect(await page.locator('dt', { hasText: 'Deadline' }).count()).toBe(1);
      const record = page.locator('section[aria-labelledby="record"]');
      expect(await record.locator('dd').first().textContent()).toMatch(/^\d of its last \d jobs$/);
      expect(await record.locator('dt', { hasText: 'Their tasks completed' }).count()).toBe(1);
      expect(await page.locator('.events summary').first().textContent()).toMatch(/^Raw events \(\d/);
      expect(await page.locator('.events pre').first().textContent()).toContain('someone');
      expect(await page.locator('.live-mark').isVisible()).toBe(false);
      await page.context().close();
    },
  );

  inBrowser('has its address where nothing is: no such job, and no answer', async () => {
    const { page } = await open({ baseURL: aloneUrl });
    expect((await page.goto(toPath('none')))?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toBe('Not found');
    await page.goto(toPath('d'), { waitUntil: 'networkidle' });
    isDown = true;
    try {
      expect((await page.goto(toPath('d')))?.status()).toBe(503);
      expect(await page.locator('h1').textContent()).toBe('The data is out of reach');
      expect((await page.goto('/status'))?.status()).toBe(503);
    } finally {
      isDown = false;
    }
    await page.context().close();
  });

  inBrowser('is sound where it is hardest: on a phone, dark and in German', async () => {
    const { page } = await open(HARDEST);
    expect(await findFlawsOf(page, ['/jobs', toPath('a'), toPath('d'), '/status'])).toEqual([]);
    await page.context().close();
  });
});

/** What moved at once, as browsers count it (Layout Instability API), of the rows: what lies below a list that grows is pushed. */
const COLLECT_SHIFTS = `globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { sources } of list.getEntries())
    globalThis.shifts.push(...sources.filter(({ node }) => node?.parentElement?.closest('tbody')).map(({ node }) => node.textContent));
}).observe({ type: 'layout-shift', buffered: true });`;
