import type { BrowserContextOptions, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../../api/main.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import { address, devnet, id, type Row, recorded, type Seed, seed } from '../api/seed.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openBrowser } from './browser.js';
import { findFlawsOf, HARDEST } from './findFlaws.js';
import { seedBeats, withBeats } from './seedBeats.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;

const network = devnet.network;
const operator = `${network}:operator:pool`;
const shared = address('5');
/** Midnight of 2026-01-10. */
const day = Date.UTC(2026, 0, 10) / 86_400_000;
const rolled = new Date(day * 86_400_000);

const POOL = `/providers/${encodeURIComponent(id('pool'))}`;
const QUIET = `/providers/${encodeURIComponent(id('quiet'))}`;
const REMOVED = `/networks/${network}/removed`;
const METRIC = `/metrics/economy.washShare?subject=${network}&from=2026-01-09&to=2026-01-10`;
const pages = [
  POOL,
  QUIET,
  `${POOL}/others`,
  `${QUIET}/others`,
  REMOVED,
  `/networks/${recorded.network}/removed`,
  METRIC,
];

/** Two providers that act as one; one of them has fifty-one trades that count for nothing, on two days. */
const withScores: Seed = {
  ...withBeats,
  operator_member: [
    memberRow('pool', [{ account: shared, reason: 'recipient', from: day * 86_400 - 3_600 }]),
    memberRow('quiet', [{ account: shared, reason: 'owner', from: day * 86_400 - 7_200 }]),
  ],
  metric_progress: [{ network_id: network, rolled_time: rolled, rolled_height: 77, method_digest: '' }],
  metric: [{ id: 'economy.washShare', method_version: 1 }],
  metric_subject: [
    { kind: 'provider', id: id('pool'), network_id: network },
    { kind: 'provider', id: id('quiet'), network_id: network },
    { kind: 'operator', id: operator, network_id: network },
    { kind: 'network', id: network, network_id: network },
  ],
  metric_day: [
    { subject_key: 4, metric_key: 1, day: day - 1, num: '1', den: '8', n: 3 },
    {
      subject_key: 4,
      metric_key: 1,
      day,
      num: null,
      den: null,
      n: 0,
      detail: JSON.stringify({ reason: '=nothing, "paid"' }),
    },
  ],
  score: [scoreRow(1, '88.500000'), scoreRow(2, '61.000000'), scoreRow(3, '75.250000')],
  removed_pair: Array.from({ length: 51 }, (_, index) => ({
    ...{ network_id: network, provider_id: id('pool'), buyer: `0x${String(index).padStart(40, '0')}` },
    ...{ day: index === 0 ? day - 1 : day, reason: index === 0 ? 'circulation' : 'noHistory' },
  })),
  window_end: [{ network_id: network, to_hour: 24 * day, members: '0' }],
  uptime_window: [
    windowRow(1, { up: 1_440, failures: 0, lower: '0.720000' }),
    windowRow(30, { up: 42_840, failures: 3, lower: '0.986000' }),
  ],
  task_outcome: ['completed', 'completed', 'failed', 'completed'].map((kind, index) => ({
    ...{ job_id: id('job'), task_id: id(`task${index}`), part: 0, network_id: network, chain_id: devnet.id },
    ...{ provider_id: id('pool'), kind, derived: false, hardware: 'unknown' },
    known_from: new Date(rolled.getTime() - (10 - index) * 60_000),
    assigned_time: new Date(rolled.getTime() - 3_600_000),
  })),
};

describe(browser ? 'what pages show of reputation' : `what pages show of reputation, skipped: ${reason}`, () => {
  let database: TestDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    if (!browser) return;
    database = await createTestDatabase();
    await seed(database.url, withScores);
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

  async function open(options: BrowserContextOptions = { javaScriptEnabled: false }): Promise<Page> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({ baseURL: api.url, viewport: { width: 1440, height: 900 }, ...options });
    return context.newPage();
  }

  inBrowser('a provider says where it stands, whom it acts as one with, and by which act of each', async () => {
    const page = await open();
    await page.goto(POOL);
    const section = page.locator('section[aria-labelledby="score"]');
    expect(await section.getByText('Stands above').textContent()).toMatch(
      /^Stands above 100 % of the one other provider/,
    );
    expect(await section.locator('.names li').allTextContents()).toEqual([expect.stringMatching(/^Quiet Hall/)]);
    expect(await section.getByText('All 2 together').textContent()).toContain('75.2 of 100 points · fair evidence');
    const links = section.locator('section[aria-label="What links them"] tbody tr');
    expect(await links.locator('td[data-label="Because"]').allTextContents()).toEqual([
      'The provider’s pay is sent there',
      'It controls the provider',
    ]);
    expect(await links.locator('td[data-label="Since (UTC)"]').first().textContent()).toBe('2026-01-09 23:00');
    await section.getByRole('link', { name: '75.2 of 100 points' }).click();
    await page.waitForURL('**/metrics/score.reputation?subject=*');
    expect(await page.locator('tbody td[data-label="Value"]').allTextContents()).toEqual(['75.25']);
    await page.context().close();
  });

  inBrowser('its uptime has bounds, and so has the time between failures, which without one has one side', async () => {
    const page = await open();
    await page.goto(POOL);
    const rows = page.locator('section[aria-label="Windows of reliability"] tbody tr');
    expect(await rows.locator('th').allTextContents()).toEqual(['24 h ', '30 days ']);
    expect(await rows.locator('td[data-label="Between failures"]').allTextContents()).toEqual([
      'more than 8 h',
      '9.9 d 3.3 d to 48.1 d',
    ]);
    expect(await rows.locator('td[data-label="At least"]').allTextContents()).toEqual(['72 %', '98.60 %']);
    await page.context().close();
  });

  inBrowser('trades that count for nothing are told of a provider, and by the page of a network', async () => {
    const page = await open();
    await page.goto(POOL);
    const own = page.locator('section[aria-label="Trades that count for nothing"]');
    expect(await own.locator('caption').textContent()).toBe('The latest 10, by day');
    expect(await own.locator('tbody tr').count()).toBe(10);
    await page.goto(`/networks/${network}`);
    await page.getByRole('link', { name: 'Trades that count for nothing' }).click();
    await page.waitForURL(`**${REMOVED}`);
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBe(50);
    // Told once a day; of this one nothing was paid.
    const shares = page.locator('td[data-label="Of the day’s pay"]');
    expect([await shares.first().textContent(), await shares.nth(1).textContent()]).toEqual([
      '—unknown: Nothing was paid',
      '',
    ]);
    await page.getByRole('link', { name: 'Next →' }).click();
    await page.waitForURL('**/removed?page=2');
    expect(await rows.locator('th, td').allTextContents()).toEqual([
      ...['2026-01-09', expect.stringMatching(/^Aurora Compute/), '0x0000…0000', 'The money goes round', '12.5 %'],
    ]);
    expect((await page.goto('/networks/nowhere/removed'))?.status()).toBe(404);
    await page.context().close();
  });

  inBrowser('the same history is shown by formulas of others, or why it cannot be', async () => {
    const page = await open();
    await page.goto(POOL);
    await page.getByRole('link', { name: 'The same history by formulas of others' }).click();
    await page.waitForURL(`**${POOL}/others`);
    const row = (title: string) => page.locator('.formulas tbody tr', { hasText: title });
    // Two results, a fault, one more: floor(2 · 2 / 3) + 1.
    expect(await row('iExec').locator('td[data-label="Shows"]').textContent()).toBe(
      '2 points · a vote of weight 2 from successes 3, failures 1',
    );
    expect(await row('iExec').locator('td[data-label="Ours"]').textContent()).toBe('at least 90.0 %');
    expect(await row('RunPod').locator('td[data-label="Shows"]').textContent()).toMatch(/^99\.1 % · listed/);
    expect(await row('EigenTrust').locator('td[data-label="Shows"]').textContent()).toMatch(
      /^Not computable from what is/,
    );
    expect(await page.locator('.formulas tbody tr').count()).toBe(9);
    expect(await page.getByText('Theirs as of block 77').count()).toBe(1);
    expect((await page.goto('/providers/nobody/others'))?.status()).toBe(404);
    await page.context().close();
  });

  inBrowser('a series is a file with what it is and as of when, in which nothing is a formula', async () => {
    const page = await open();
    await page.goto(METRIC);
    const path = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
    const answer = await page.request.get(path ?? '');
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="economy.washShare-${network}.csv"`,
    });
    const lines = (await answer.text()).split('\r\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'metric,economy.washShare',
        `subject,${network}`,
        'notice,Tokens without value.',
        'as of block,77',
        'as of time,2026-01-10T00:00:00.000Z',
        'from,to,value,numerator,denominator,samples,in progress,reason,low,high,coverage',
        '2026-01-09T00:00:00.000Z,2026-01-10T00:00:00.000Z,0.125,1,8,3,no,,,,',
        `2026-01-10T00:00:00.000Z,2026-01-11T00:00:00.000Z,,,,0,yes,"'=nothing, ""paid""",,,`,
      ]),
    );
    for (const missing of ['/metrics/no.such/series.csv', '/metrics/economy.washShare/series.csv?subject=nobody'])
      expect([missing, (await page.request.get(missing)).status()]).toEqual([missing, 404]);
    await page.context().close();
  });

  inBrowser('is sound where it is hardest: on a phone, dark and in German', async () => {
    const page = await open(HARDEST);
    expect(await findFlawsOf(page, pages)).toEqual([]);
    await page.context().close();
  });
});

function memberRow(name: string, links: readonly unknown[]): Row {
  return { provider_id: id(name), network_id: network, operator_id: operator, links: JSON.stringify(links) };
}

function scoreRow(subjectKey: number, score: string): Row {
  return {
    ...{ subject_key: subjectKey, hour: 24 * day, method_version: 1, score, evidence: 'fair' },
    ...{ availability: '0.980000', job_success: '0.900000', promise: null, integrity: '0.950000' },
    ...{ lost_availability: '1.000000', lost_job_success: '9.000000', lost_integrity: '1.500000' },
    ...{ evidence_weight: '42.500000', buyers_effective: '7.000000' },
    detail: JSON.stringify({ removed: { share: '0.250000' } }),
  };
}

/** Of one machine that was known all the time, and down for two minutes of each failure that is over. */
function windowRow(days: number, { up, failures, lower }: { up: number; failures: number; lower: string }): Row {
  const known = days * 1_440;
  return {
    ...{ subject_key: 1, days, nodes: 1, up, known, expected: known, lower, upper: null },
    ...{ maintenance: 0, maintenance_up: 0, failures, repairs: failures, repaired_down: 2 * failures },
    ...{ outage_down: known - up, longest_down: known - up, effective_n: null },
  };
}
