import type { Page } from 'playwright-core';
import { type Product, startProduct } from '../product.js';
import { openBrowser } from './browser.js';
import { type EveryPage, listEveryPage, toAskApi } from './everyPage.js';
import { findFlawsOf } from './findFlaws.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;

describe(browser ? 'every page' : `every page, skipped: ${reason}`, () => {
  let product: Product;
  let pages: readonly EveryPage[];

  beforeAll(async () => {
    if (!browser) return;
    product = await startProduct();
    pages = await listEveryPage(toAskApi(`${product.url}/graphql`));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function open(options: Parameters<NonNullable<typeof browser>['newContext']>[0] = {}): Promise<Page> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({
      baseURL: product.url,
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    return context.newPage();
  }

  inBrowser(
    'is free of what axe finds, in light and in dark',
    async () => {
      for (const [colorScheme, width] of [
        ['light', 1_440],
        ['dark', 390],
      ] as const) {
        const page = await open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        const paths = pages.map(({ path }) => path);
        expect([colorScheme, await findFlawsOf(page, paths, [200, 404])]).toEqual([colorScheme, []]);
        await page.context().close();
      }
    },
    300_000,
  );

  inBrowser(
    'has a title of its own and a description, and says of which block it is',
    async () => {
      const page = await open({ javaScriptEnabled: false });
      const titles = new Set<string>();
      const flaws: string[] = [];
      for (const { name, path } of pages) {
        await page.goto(path);
        const title = await page.title();
        if (!/^.+ · Computescan$/.test(title)) flaws.push(`${path} is called ${title}`);
        if (name !== 'providers-recorded' && titles.has(title))
          flaws.push(`${path} has the title of another page, ${title}`);
        titles.add(title);
        const descriptions = await page.locator('meta[name="description"]').evaluateAll(readContents);
        if (descriptions.length !== 1 || !descriptions[0]) flaws.push(`${path} has the descriptions ${descriptions}`);
        const bar = (await page.locator('.view-bar p').first().textContent()) ?? '';
        if (!/As of block [\d,]+ of /.test(bar)) flaws.push(`${path} says ${bar}`);
      }
      expect(flaws).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  inBrowser(
    'tells search engines its one address, without its moment, and that of each language, which is then spoken',
    async () => {
      const page = await open({ javaScriptEnabled: false });
      const flaws: string[] = [];
      for (const { name, path } of pages.filter((one) => one.name !== 'missing')) {
        const bare = path.replace(/^\/(compare|search).*/, '/$1');
        await page.goto(`${path}${path.includes('?') ? '&' : '?'}utm_source=x&dir=asc`);
        const canonical = await page.locator('link[rel="canonical"]').evaluateAll(readHrefs);
        const told = canonical.map((href) => href.replace(/\?(ids|q)=.*/, ''));
        if (told.join() !== bare) flaws.push(`${path} is told as ${told}`);
        const others = await page.locator('link[rel="alternate"][hreflang]').evaluateAll(readHrefs);
        const [english, german, any] = others;
        if (others.length !== 3 || any !== canonical[0]) flaws.push(`${path} has the others ${others}`);
        if (name === 'home' || name === 'provider') {
          for (const [href, language] of [
            [english, 'en'],
            [german, 'de'],
          ] as const) {
            await page.goto(href ?? '');
            expect(await page.locator('html').getAttribute('lang')).toBe(language);
            expect(await page.locator('link[rel="canonical"]').evaluateAll(readHrefs)).toEqual([href]);
            expect(await page.locator('link[rel="alternate"][hreflang]').evaluateAll(readHrefs)).toEqual(others);
          }
        }
      }
      expect(flaws).toEqual([]);
      await page.goto(`/jobs?at=${new Date(Date.now() - 3_600_000).toISOString().slice(0, 16)}&page=1`);
      expect(await page.locator('link[rel="canonical"]').evaluateAll(readHrefs)).toEqual(['/jobs']);
      // Whoever came by the address of a language stays in it, until another one is chosen.
      await page.goto('/?lang=de');
      await page.getByRole('link', { name: 'Anbieter', exact: true }).first().click();
      expect(await page.locator('html').getAttribute('lang')).toBe('de');
      await page.getByRole('button', { name: 'English' }).click();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await page.context().close();
    },
    120_000,
  );

  inBrowser(
    'can be looked at as of the past, and its links stay there until told otherwise',
    async () => {
      const page = await open({ javaScriptEnabled: false });
      const at = new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 16);
      const flaws: string[] = [];
      for (const { name, path } of pages.filter((one) => one.name !== 'missing')) {
        const response = await page.goto(`${path}${path.includes('?') ? '&' : '?'}at=${at}`);
        const status = response?.status() ?? 0;
        // What was not there by then is not found.
        if (status !== 200 && !(status === 404 && /^(job|node)$/.test(name))) flaws.push(`${path} answers ${status}`);
        const bare = await page.evaluate<string[]>(READ_LINKS_TO_NOW);
        // Documents have no moment; what leads from one of them to itself is not told from other links to them.
        const expected = name.startsWith('doc') ? '' : 'Back to now';
        if (bare.join() !== expected) flaws.push(`${path} leads to now by ${bare.join(', ')}`);
      }
      expect(flaws).toEqual([]);
      await page.getByRole('link', { name: 'Back to now' }).first().click();
      expect(page.url()).not.toContain('at=');
      await page.context().close();
    },
    120_000,
  );

  inBrowser('counts a range that nobody named back from the moment that is asked for', async () => {
    const page = await open({ javaScriptEnabled: false });
    const day = Math.floor(Date.now() / 86_400_000) - 1;
    const toTime = (one: number) => new Date(one * 86_400_000).toISOString();
    await page.goto(`/metrics/jobs.success?at=${toTime(day).slice(0, 16)}`);
    const variables = await page.locator('.show-graphql pre').last().textContent();
    expect(JSON.parse(variables ?? '{}')).toMatchObject({
      from: toTime(day - 90),
      atBlock: { timestamp: toTime(day) },
    });
    expect(await page.locator('.series-table tbody tr').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  inBrowser('says what to do about a moment that there is nothing of', async () => {
    const page = await open({ javaScriptEnabled: false });
    const asked: readonly (readonly [string, RegExp])[] = [
      ['yesterday', /was not understood/],
      ['31337:999999999', /has not been indexed yet/],
      ['4', /Several chains are indexed/],
      ['5:4', /No such chain/],
    ];
    for (const [at, text] of asked) {
      expect((await page.goto(`/jobs?at=${at}`))?.status()).toBe(400);
      expect(await page.locator('main').textContent()).toMatch(text);
    }
    await page.locator('main').getByRole('link', { name: 'Back to now' }).click();
    expect(await page.locator('h1').textContent()).toBe('Jobs');
    await page.context().close();
  });

  inBrowser('can be kept by a name, in this browser', async () => {
    const page = await open();
    await page.goto('/providers?sort=stake&dir=asc', { waitUntil: 'networkidle' });
    await page.getByText('Saved views').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('least at stake');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.goto('/status', { waitUntil: 'networkidle' });
    await page.getByText('Saved views (1)').click();
    await page.getByRole('link', { name: 'least at stake' }).click();
    await page.waitForURL('**/providers?sort=stake&dir=asc');
    await page.getByText('Saved views (1)').click();
    await page.getByRole('button', { name: 'Remove least at stake' }).click();
    await page.getByText('None saved in this browser yet.').waitFor();
    await page.context().close();
  });

  inBrowser('comes back as it was left', async () => {
    const page = await open({ viewport: { width: 1_440, height: 500 } });
    await page.goto('/jobs?status=completed', { waitUntil: 'networkidle' });
    const row = page.locator('tbody th a').nth(12);
    await row.scrollIntoViewIfNeeded();
    const left = await page.evaluate<number>('scrollY');
    expect(left).toBeGreaterThan(0);
    await row.click();
    await page.waitForURL('**/jobs/*');
    // The address changes before the page does.
    await page.locator('h1 .id').waitFor();
    await page.goBack({ waitUntil: 'networkidle' });
    await page.locator('h1', { hasText: 'Jobs' }).waitFor();
    for (let turn = 0; turn < 50 && (await page.evaluate<number>('scrollY')) !== left; turn += 1)
      await page.waitForTimeout(100);
    expect(await page.evaluate<number>('scrollY')).toBe(left);
    expect(new URL(page.url()).search).toBe('?status=completed');
    await page.context().close();
  });
});

/** By the address of the page itself; it runs in the browser, where nothing of this file is. */
const readHrefs = (links: readonly { getAttribute(name: string): string | null }[]) =>
  links.map((link) => (link.getAttribute('href') ?? '').replace('https://scan.example/', '/'));
const readContents = (tags: readonly { getAttribute(name: string): string | null }[]) =>
  tags.map((tag) => tag.getAttribute('content') ?? '');

/** Texts of links to pages of the site that leave the past; files, the playground and anchors are none. */
const READ_LINKS_TO_NOW = `[...document.querySelectorAll('a[href]')]
  .filter((one) => one.origin === location.origin && !one.getAttribute('href').startsWith('#') && !/^.(export|playground|docs|badge|feed|\\.well-known)/.test(one.pathname))
  .filter((one) => !one.hasAttribute('download') && !new URL(one.href).searchParams.has('at'))
  .map((one) => one.textContent)`;
