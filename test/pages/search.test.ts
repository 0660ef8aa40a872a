import type { BrowserContextOptions, Page } from 'playwright-core';
import { createServer } from '../../api/createServer.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import { type OpenApi, openApi } from '../api/openApi.js';
import { address, devnet, emptyNetworks, eventRow, hash, id, jobRow, nodeRow, providerRow } from '../api/seed.js';
import { openBrowser } from './browser.js';
import { findFlaws, findFlawsOf, HARDEST } from './findFlaws.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;
const lantern = '0xaabbccddeeff00112233445566778899aabbccdd';
const deal = `0x${'5'.repeat(64)}`;
const transaction = `0x${'4'.repeat(64)}`;
const BOX = 'input[name="q"]';

describe(browser ? 'the search and the documents' : `the search and the documents, skipped: ${reason}`, () => {
  let data: OpenApi;
  let url: string;
  let isDown = false;
  const app = createServer();

  beforeAll(async () => {
    if (!browser) return;
    data = await openApi({
      ...emptyNetworks,
      provider: [
        providerRow(lantern, { name: 'Lantern Grid', owner: address('c'), jobs: 3 }),
        providerRow('0xaabb000000000000000000000000000000000000', { name: 'Grid \u202eLantern', jobs: 9 }),
      ],
      node: [nodeRow('0xaabbcc', { provider_id: id(lantern) })],
      job: [jobRow(deal, { provider_id: id(lantern), buyer: address('c'), status: 'running' }), jobRow('41')],
      block: [
        {
          chain_id: devnet.id,
          height: 41,
          hash: hash('9'),
          parent_hash: hash('8'),
          time: new Date('2026-01-10T12:41:00Z'),
        },
      ],
      event: [eventRow(41, { tx_hash: hash('4'), job_id: id(deal), name: 'OrdersMatched' })],
    });
    await mountWeb(app, {
      buildDir: findBuildDir(),
      query: (...asked) => (isDown ? Promise.reject(new Error('nobody answers')) : data.api.execute(...asked)),
    });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await app.close();
    await data?.close();
  });

  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    if (!browser) throw new Error(reason);
    const viewport = { width: 1440, height: 900 };
    const page = await (await browser.newContext({ baseURL: url, viewport, ...options })).newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    return { page, complaints };
  }

  inBrowser('tells of each kind while it is typed, and leads an exact one to its page', async () => {
    const { page, complaints } = await open();
    await page.goto('/status', { waitUntil: 'networkidle' });
    const button = page.locator('.site-search button');
    for (const [typed, label, path] of [
      [lantern.toUpperCase().replace('0X', '0x'), 'Address', `/providers/${encodeURIComponent(id(lantern))}`],
      [transaction, 'Job or transaction', `/jobs/${encodeURIComponent(id(deal))}`],
      [deal, 'Job or transaction', `/jobs/${encodeURIComponent(id(deal))}`],
      [id('41'), 'Id', `/jobs/${encodeURIComponent(id('41'))}`],
      ['Lantern Grid', 'Name', `/providers/${encodeURIComponent(id(lantern))}`],
    ] as const) {
      await page.locator(BOX).fill(typed);
      await button.getByText(label, { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${path}`);
      await page.goto('/status', { waitUntil: 'networkidle' });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser('keeps what was typed before its scripts came', async () => {
    const { page, complaints } = await open();
    let arrive = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/assets/SearchBox-*.js', async (route) => {
      await arrival;
      await route.continue();
    });
    await page.goto('/status');
    await page.locator(BOX).fill('41');
    expect(await page.locator(BOX).getAttribute('role')).toBeNull();
    arrive();
    await page.locator(`${BOX}[role="combobox"]`).waitFor();
    expect(await page.locator(BOX).inputValue()).toBe('41');
    await page.locator(BOX).press('Enter');
    await page.waitForURL('**/search?q=41');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser('shows several in groups, with network and why, without scripts as well', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open({ javaScriptEnabled });
      await page.goto('/');
      await page.locator(BOX).fill('41');
      await page.locator(BOX).press('Enter');
      await page.waitForURL('**/search?q=41');
      expect(await page.locator('.hits h2').allTextContents()).toEqual(['Jobs', 'Blocks']);
      const row = page.locator('.hits').first().locator('tbody tr');
      expect(await row.locator('th, td').allTextContents()).toEqual([
        '41',
        'iExec on the devnet',
        'open',
        'Exactly this',
      ]);
      // A block has no page here, and a local chain no explorer.
      expect(await page.locator('.hits').nth(1).locator('tbody a').count()).toBe(0);
      expect(await page.locator('.hits').nth(1).locator('th', { hasText: 'Block 41' }).count()).toBe(1);
      await page.goto('/search?q=lantern');
      expect(await page.locator('.hits tbody th').allTextContents()).toEqual(['Lantern Grid', 'Grid Lantern']);
      expect(await page.locator('.hits td[data-label="Why"]').allTextContents()).toEqual([
        'Begins with it',
        'Contains it',
      ]);
      await page.goto('/search?q=0xAABB');
      expect(await page.locator('.hits h2').allTextContents()).toEqual(['Providers', 'Nodes']);
      await page.context().close();
    }
  });

  inBrowser('refuses what there can be nothing of, before it is asked for and after', async () => {
    const { page } = await open();
    await page.goto('/status', { waitUntil: 'networkidle' });
    for (const [typed, hint] of [
      ['0x12', 'Give at least four digits after 0x.'],
      [`${lantern}g`, 'After 0x only the digits 0–9 and a–f can follow.'],
      [`${transaction}00`, 'these are 66'],
    ] as const) {
      await page.locator(BOX).fill(typed);
      await page.locator('.search-hint', { hasText: hint }).waitFor();
      expect(await page.locator(BOX).getAttribute('aria-invalid')).toBe('true');
      await page.locator(BOX).press('Enter');
      expect(new URL(page.url()).pathname).toBe('/status');
    }
    await page.goto(`/search?q=${transaction}00`);
    expect(await page.locator('.empty').textContent()).toContain('these are 66');
    await page.context().close();
  });

  inBrowser('says what was tried where nothing is found, and what can be typed where nothing was', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    for (const [typed, tried] of [
      ['xyzzy', 'any part of a provider’s name'],
      [address('e'), 'address that ordered jobs'],
      ['99999', 'height of a block'],
      [`0x${'e'.repeat(64)}`, 'transaction with events of a network'],
      ['1-2-3', 'event, by chain, block and log'],
    ] as const) {
      expect((await page.goto(`/search?q=${typed}`))?.status()).toBe(200);
      expect(await page.locator('.nothing-found li').allTextContents()).toContain(tried);
    }
    await page.goto('/search');
    expect(await page.locator('.empty').textContent()).toContain('Press / on any page');
    await page.context().close();
  });

  inBrowser('goes by the keyboard alone: slash, arrows, Enter, Escape', async () => {
    const { page } = await open();
    await page.goto('/jobs', { waitUntil: 'networkidle' });
    await page.keyboard.press('/');
    await page.keyboard.type('lanter');
    const options = page.locator('[role="option"]');
    await options.first().waitFor();
    expect(await options.count()).toBe(2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(BOX).getAttribute('aria-activedescendant')).toBe(await options.nth(1).getAttribute('id'));
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(BOX).getAttribute('aria-activedescendant')).toBeNull();
    await page.keyboard.press('Escape');
    await options.first().waitFor({ state: 'hidden' });
    expect(await page.locator(BOX).inputValue()).toBe('lanter');
    await page.keyboard.press('ArrowDown');
    await options.first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/providers/${encodeURIComponent(id(lantern))}`);
    // Within a field a slash is a slash.
    await page.keyboard.press('/');
    await page.keyboard.type('a/b');
    expect(await page.locator(BOX).inputValue()).toBe('a/b');
    await page.context().close();
  });

  inBrowser('has an answer when the API has none', async () => {
    const { page } = await open();
    await page.goto('/docs', { waitUntil: 'networkidle' });
    isDown = true;
    try {
      await page.locator(BOX).fill('lantern');
      await page.locator(BOX).press('Enter');
      await page.getByRole('heading', { name: 'The data is out of reach' }).waitFor();
      expect((await page.goto('/search?q=lantern'))?.status()).toBe(503);
      // Documents need nobody.
      expect((await page.goto('/docs/graphql'))?.status()).toBe(200);
    } finally {
      isDown = false;
    }
    await page.context().close();
  });

  inBrowser('documents are listed, lead to each other, and their code can be copied', async () => {
    const { page, complaints } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto('/docs');
    await page.getByRole('link', { name: 'GraphQL', exact: true }).click();
    await page.waitForURL('**/docs/graphql');
    expect(await page.locator('h1').allTextContents()).toEqual(['GraphQL']);
    const block = page.locator('.code').first();
    await block.getByRole('button', { name: 'Copy' }).click();
    await block.locator('button[data-copied="true"]').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await block.locator('code').textContent());
    await page.getByRole('link', { name: 'live.md' }).first().click();
    await page.waitForURL('**/docs/live');
    await page.locator('.doc-contents a[href="#limits"]').click();
    await page.waitForURL('**/docs/live#limits');
    expect(complaints).toEqual([]);
    expect((await page.goto('/docs/decisions/0019-live'))?.status()).toBe(200);
    expect((await page.request.get('/docs/files/heartbeat-vectors.json')).headers()['content-type']).toContain('json');
    for (const path of [
      '/docs/none',
      '/docs/../package.json',
      '/docs/files/graphql.md',
      '/docs/files/..%2fpackage.json',
    ]) {
      expect([path, (await page.request.get(path)).status()]).toEqual([path, 404]);
    }
    await page.context().close();
  });

  inBrowser('is sound where it is hardest: on a phone, dark and in German, with suggestions open too', async () => {
    const { page } = await open(HARDEST);
    expect(await findFlawsOf(page, ['/search?q=41', '/search?q=xyzzy', '/docs', '/docs/score'])).toEqual([]);
    expect(await page.evaluate<number>('document.querySelector(".site-header").offsetHeight')).toBeLessThan(100);
    await page.locator(`${BOX}[role="combobox"]`).fill('lantern');
    await page.locator('[role="option"]').first().waitFor();
    expect(await findFlaws(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(await page.locator('.site-search button').isVisible()).toBe(true);
    await page.context().close();
  });
});
