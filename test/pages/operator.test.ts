import type { BrowserContextOptions, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../../api/main.js';
import { toSlot } from '../../schema/heartbeat/slots.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import {
  address,
  daysAgo,
  devnet,
  hash,
  id,
  jobRow,
  payoutRow,
  providerRow,
  type Row,
  type Seed,
  seed,
  toDay,
} from '../api/seed.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openBrowser } from './browser.js';
import { findFlawsOf, HARDEST } from './findFlaws.js';
import { seedBeats, withBeats } from './seedBeats.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;

const network = devnet.network;
const owner = address('a');
const newcomer = address('b');
/** Of more providers than a page tells of. */
const wholesaler = address('7');
const now = new Date();
const thisHour = Math.floor(now.getTime() / 3_600_000);
const midnight = Math.floor(thisHour / 24) * 24;

const POOL = `/providers/${encodeURIComponent(id('pool'))}`;
const IDLE = `/providers/${encodeURIComponent(id('idle'))}`;
const NODE = `/nodes/${encodeURIComponent(id('shaky'))}`;
const OWNER = `/operators/${owner}`;
const yesterday = toDay(daysAgo(1));
const pages = [
  '/operators',
  OWNER,
  `/operators/${newcomer}`,
  `${POOL}?day=${yesterday}`,
  IDLE,
  `${NODE}?day=${yesterday}`,
];

/** An operator of two providers that has beats, jobs and pay; another one whose provider never ran a job. */
const withOperators: Seed = {
  ...withBeats,
  provider: [
    ...(withBeats.provider ?? []),
    providerRow('idle', { name: 'Idle Yard', owner: newcomer }),
    providerRow('twin', { name: 'Quiet Hall', owner: newcomer }),
    ...Array.from({ length: 23 }, (_, at) => providerRow(`many${at}`, { owner: wholesaler })),
  ],
  metric_progress: [{ network_id: network, rolled_time: now, rolled_height: 77, method_digest: '' }],
  metric: [
    { id: 'economy.payouts', method_version: 1 },
    { id: 'economy.payoutsUsd', method_version: 1 },
  ],
  metric_subject: ['pool', 'quiet'].map((name) => ({ kind: 'provider', id: id(name), network_id: network })),
  metric_day: [
    { subject_key: 1, metric_key: 1, day: thisHour / 24 - 2, num: '5000000000', den: null, n: 2 },
    { subject_key: 1, metric_key: 2, day: thisHour / 24 - 2, num: '6.25', den: null, n: 2 },
  ].map((row) => ({ ...row, day: Math.floor(row.day) })),
  score: [
    scoreRow(1, midnight - 24, '90.000000'),
    scoreRow(1, midnight, '62.100000'),
    scoreRow(2, midnight, '71.000000'),
  ],
  job: [
    ...Array.from({ length: 3 }, (_, at) => jobRow(`big${at}`, { provider_id: id('pool'), buyer: address('1') })),
    jobRow('small', { provider_id: id('pool'), buyer: address('2') }),
  ],
  payout: [payoutRow(9, { provider_id: id('pool'), time: daysAgo(2), tx_hash: hash('c') })],
};

describe(browser ? 'what an operator finds' : `what an operator finds, skipped: ${reason}`, () => {
  let database: TestDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    if (!browser) return;
    database = await createTestDatabase();
    await seed(database.url, withOperators);
    await seedBeats(database.url, now);
    const slot = toSlot(now.getTime());
    await seed(database.url, {
      maintenance_notice: [
        {
          ...{ node_key: 2, from_slot: slot + 2_880, to_slot: slot + 2_940, account: Buffer.alloc(20, 0xaa) },
          received_at: now,
        },
      ],
      outage: [
        { node_key: 2, from_slot: slot - 1_440, last_slot: slot - 1_400, down: 41, ended: true },
        { node_key: 2, from_slot: slot - 120, last_slot: slot - 60, down: 61, ended: false },
      ],
    });
    api = await serve(database.url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await database?.drop();
  });

  function serve(databaseUrl: string): Promise<RunningApi> {
    return startApi(
      { host: '127.0.0.1', port: 0, databaseUrl, logLevel: 'silent', staleAfterSeconds: 120 },
      { mount: (app, { execute: query }) => mountWeb(app, { buildDir: findBuildDir(), query }) },
    );
  }

  async function open(options: BrowserContextOptions = { javaScriptEnabled: false }, url = api.url): Promise<Page> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, ...options });
    return context.newPage();
  }

  inBrowser(
    'an address leads to all that it owns, why each score moved and what would raise it, without scripts',
    async () => {
      const page = await open();
      await page.goto('/operators');
      await page.locator('main input[name="q"]').fill(owner.toUpperCase().replace('0X', '0x'));
      await page.getByRole('button', { name: 'Show' }).click();
      await page.waitForURL(/\/operators\/0x/);
      const overview = page.locator('section[aria-label="All providers of this operator"] tbody tr');
      expect(await overview.locator('th').allTextContents()).toEqual([
        expect.stringContaining('Aurora Compute'),
        expect.stringContaining('Quiet Hall'),
      ]);
      expect(await overview.locator('td[data-label="Reputation"]').allTextContents()).toEqual([
        '62.1 fair evidence',
        '71.0 fair evidence',
      ]);
      await overview.first().getByRole('link', { name: 'What moved it, what to do' }).click();
      const own = page.locator('.own-provider').first();
      // The machine that is silent, and the outage that goes on, stand first.
      expect(await own.locator('.attention').textContent()).toMatch(/1 machine is silent.*is down since/s);
      expect(await own.locator('section.lost tbody th').allTextContents()).toEqual([
        ...['Jobs delivered', 'Integrity', 'Availability', 'Deadlines kept'],
      ]);
      const raises = own.locator('section.improvements tbody tr');
      expect(await raises.locator('th').allTextContents()).toEqual(
        expect.arrayContaining([
          '4 tasks in a row without a failure: then the last failures are no streak any more',
          'Evidence of 58 more in weight, before older evidence fades: the next grade',
        ]),
      );
      const leaving = own.locator('section.leaving tbody tr');
      expect(await leaving.count()).toBeGreaterThan(0);
      expect(await own.getByText('to come', { exact: true }).count()).toBe(1);
      await page.context().close();
    },
  );

  inBrowser(
    'a name leads there as well; one that several bear lets choose, one that nobody bears says so',
    async () => {
      const page = await open();
      await page.goto('/operators?q=aurora%20compute');
      await page.waitForURL(`**${OWNER}`);
      await page.goto('/operators?q=Quiet+Hall');
      const named = page.locator('section[aria-label="Providers of that name"] tbody tr');
      expect(await named.locator('td[data-label="Operator"] a').count()).toBe(2);
      expect((await page.goto('/operators/Nobody%20Ever'))?.status()).toBe(404);
      await page.getByText('No provider of that name.').waitFor();
      expect((await page.goto(`/operators/${address('9')}`))?.status()).toBe(404);
      await page.getByText('This address owns no provider.').waitFor();
      await page.context().close();
    },
  );

  inBrowser('who runs many has pages of them, and is told whose past stands elsewhere', async () => {
    const page = await open();
    await page.goto(`/operators/${wholesaler}`);
    const rows = page.locator('section[aria-label="All providers of this operator"] tbody tr');
    expect(await rows.count()).toBe(20);
    expect(await page.getByText('stands below of the first 6;').count()).toBe(1);
    const elsewhere = page.locator('.own-provider').getByRole('link', { name: 'its own page' });
    expect(await elsewhere.count()).toBe(14);
    expect((await page.request.get((await elsewhere.first().getAttribute('href')) ?? '')).status()).toBe(200);
    const first = await rows.locator('th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForURL('**?page=2');
    expect(await page.getByText('rows 21–23').count()).toBe(1);
    const second = await rows.locator('th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(new Set([...first, ...second]).size).toBe(23);
    expect((await page.goto(`/operators/${wholesaler}?page=9`))?.status()).toBe(200);
    await page.getByText('No more providers.').waitFor();
    await page.context().close();
  });

  inBrowser('a provider that never ran a job has no number made up', async () => {
    const page = await open();
    await page.goto(`/operators/${newcomer}`);
    const own = page.locator('.own-provider', { hasText: 'Idle Yard' });
    expect(await own.getByText('No score yet').count()).toBe(1);
    expect(await own.locator('.score, section.lost').count()).toBe(0);
    await page.goto(IDLE);
    expect(await page.getByText('Not computed yet').count()).toBeGreaterThan(0);
    expect(await page.locator('.price-history, .earnings').count()).toBe(0);
    expect(await page.getByText('There is no score to make again.').count()).toBe(1);
    await page.context().close();
  });

  inBrowser('a day of a provider leads to its hours and minutes, with the outages of that day', async () => {
    const page = await open();
    await page.goto(POOL);
    await page.locator('input[name="day"]').fill(yesterday);
    await page.locator('.strip-choices').getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(`**day=${yesterday}**`);
    const hours = page.locator('section.uptime-hours tbody tr');
    expect(await hours.count()).toBeGreaterThan(0);
    for (const strip of await hours.locator('.minute-strip').all())
      expect(await strip.locator('rect').count()).toBeGreaterThan(0);
    expect(await page.locator('#outages-of-day').count()).toBe(1);
    // A day of which nothing is kept says so, and what is no day is as if it were not asked for.
    await page.goto(`${POOL}?day=2020-01-01`);
    expect(await page.getByText('Nothing is kept of 2020-01-01').count()).toBe(1);
    await page.goto(`${POOL}?day=2020-02-31`);
    expect(await page.locator('.uptime-day').count()).toBe(0);
    await page.goto(`${NODE}?days=30`);
    expect(await page.locator('.day-strip svg .bar-up').count()).toBeLessThanOrEqual(30);
    await page.context().close();
  });

  inBrowser('buyers, earnings, inputs of the score and the raw record stand on the page of a provider', async () => {
    const page = await open();
    await page.goto(POOL);
    // 4 squared, by 9 and 1.
    expect(await page.locator('#buyers').textContent()).toContain('1.60 of equal size');
    const earned = page.locator('section[aria-label="Earnings by day"] tbody tr');
    expect(await earned.locator('td').allTextContents()).toEqual([
      ...['5 RLC', '6.25', '2', expect.stringContaining('0xcccc')],
    ]);
    expect(await page.locator('section[aria-label="Earnings by week"] tbody tr').count()).toBe(1);
    expect(await page.locator('section.score-inputs tbody th').allTextContents()).toEqual([
      ...['Jobs delivered', 'Integrity', 'Availability'],
    ]);
    expect(await page.locator('.recomputed').textContent()).toContain('is 100 times each value');
    for (const link of await page.locator('nav.contents a').all()) {
      const target = (await link.getAttribute('href'))?.slice(1) ?? '';
      expect([target, await page.locator(`[id="${target}"]`).count()]).toEqual([target, 1]);
    }
    const raw = await page.request.get(`${POOL}/raw.json`);
    expect([raw.status(), raw.headers()['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await raw.json()).toMatchObject({ id: id('pool'), score: { score: '62.100000' } });
    expect((await page.request.get('/providers/nobody/raw.json')).status()).toBe(404);
    await page.context().close();
  });

  inBrowser('without its data the page says so in the frame, and asks to come again', async () => {
    const other = await createTestDatabase();
    const down = await serve(other.url);
    await other.drop();
    try {
      const page = await open({ javaScriptEnabled: false }, down.url);
      for (const path of [OWNER, POOL, NODE]) {
        const answer = await page.goto(path);
        expect([path, answer?.status(), answer?.headers()['retry-after']]).toEqual([path, 503, '5']);
        expect(await page.locator('h1').textContent()).toBe('The data is out of reach');
      }
      await page.context().close();
    } finally {
      await down.close();
    }
  });

  inBrowser('an id that is cut is copied whole, by mouse and by keyboard, and that is said aloud', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const status = page.locator('p[role="status"].visually-hidden');
    await page.goto(POOL, { waitUntil: 'networkidle' });
    const earned = page.locator('section[aria-label="Earnings by day"]');
    const hash = (await earned.locator('code.id').first().getAttribute('title')) ?? '';
    const button = earned.getByRole('button', { name: `Copy ${hash.slice(0, 6)}…${hash.slice(-4)}` }).first();
    await button.click();
    await status.filter({ hasText: 'Copied' }).waitFor({ state: 'attached' });
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(hash);
    expect(await button.getAttribute('data-copied')).toBe('true');
    // Where the page came without TLS, browsers have the older way alone.
    await page.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true })');
    const head = page.locator('.page-head').getByRole('button', { name: /^Copy / });
    await head.focus();
    await page.keyboard.press('Enter');
    await page.locator('.page-head [data-copied="true"]').waitFor();
    expect(await head.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await page.evaluate('delete navigator.clipboard');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      await page.locator('.page-head code').textContent(),
    );
    await page.context().close();
    const bare = await open();
    await bare.goto(POOL);
    expect(await bare.locator('button[data-copy]').count()).toBeGreaterThan(0);
    expect(await bare.locator('button[data-copy]:visible').count()).toBe(0);
    await bare.context().close();
  });

  inBrowser('all of it is there in German', async () => {
    const page = await open({ javaScriptEnabled: false, locale: 'de-DE' });
    await page.goto(OWNER);
    expect(await page.locator('h2').first().textContent()).toBe('Anbieter');
    expect(await page.getByText('Was sie heben würde').count()).toBeGreaterThan(0);
    await page.goto(`${POOL}?day=${yesterday}`);
    expect(await page.locator('h2').allTextContents()).toEqual(
      expect.arrayContaining(['Reputation', 'Zuverlässigkeit', 'Einnahmen', 'Nachrechnen']),
    );
    await page.context().close();
  });

  inBrowser('is sound where it is hardest: on a phone, dark and in German', async () => {
    const page = await open(HARDEST);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    expect(await findFlawsOf(page, pages)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** As the roller writes them: parts, and in `detail` what they were made of. */
function scoreRow(subjectKey: number, hour: number, score: string): Row {
  return {
    ...{ subject_key: subjectKey, hour, method_version: 1, score, evidence: 'fair' },
    ...{ availability: '0.900000', job_success: '0.441300', promise: null, integrity: '0.800000' },
    ...{ lost_availability: '2.000000', lost_job_success: '30.000000', lost_integrity: '5.900000' },
    ...{ evidence_weight: '42.500000', buyers_effective: '7.000000' },
    detail: JSON.stringify({
      removed: { share: '0.250000' },
      components: [
        {
          ...{ name: 'jobSuccess', weight: 0.41, basis: 'evidence' },
          inputs: {
            ...{ successes: '10.000000', failures: '2.000000', priorAlpha: '8.000000', priorBeta: '2.000000' },
            ...{ priorPeers: 9, lower: '0.628690', streakExcess: '2.360000', streakFactor: '0.701874' },
          },
        },
        {
          ...{ name: 'integrity', weight: 0.24, basis: 'evidence' },
          inputs: { clean: '10.000000', incidents: '1.000000', lower: '0.800000' },
        },
        { name: 'availability', weight: 0.35, basis: 'evidence', inputs: { lower: '0.900000' } },
      ],
    }),
  };
}
