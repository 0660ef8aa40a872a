import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../../api/main.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import {
  anomalyRow,
  at,
  attemptRow,
  chainRow,
  devnet,
  emptyNetworks,
  eventRow,
  id,
  jobRow,
  nodeRow,
  payoutRow,
  providerRow,
  recordedTokenRow,
  type Seed,
  seed,
  stakeChangeRow,
  stepRow,
  taskRow,
  tokenRow,
  verificationRow,
} from '../api/seed.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openBrowser } from './browser.js';
import { hostileStrings } from './hostileStrings.js';

export { hostileStrings };

/** What an index of Postgres takes; the writer keeps names far below it. */
const MAX_NAME = 600;

/**
 * A provider, a node and a job for each string, which stands in every field of theirs that comes from a chain, as it is: without the
 * writer, which would have cleaned it. Postgres itself takes no NUL and no half of a character.
 */
export function toHostileSeed(strings: readonly string[]): Seed {
  const texts = strings.map((text) => toStored(text));
  const names = texts.map((text) => toStored(text.slice(0, MAX_NAME)));
  const rows = <Row>(toRow: (text: string, name: string, index: number) => Row) =>
    texts.map((text, index) => toRow(text, names[index] ?? '', index));
  const log = (index: number) => ({
    log_index: index,
    chain_id: devnet.id,
    network_id: devnet.network,
    height: 20,
    time: at(20),
  });
  return {
    ...emptyNetworks,
    chain: [chainRow({ name: '\u202edevnet<script>alert(1)</script>' }), ...(emptyNetworks.chain ?? []).slice(1)],
    token: [tokenRow({ symbol: '<b>\u202eRLC\u200b</b>'.repeat(4) }), recordedTokenRow()],
    provider: rows((text, name, index) =>
      providerRow(`p${index}`, {
        ...{ name, uri: text, owner: `0x${String(index).padStart(40, '0')}`, active: index % 2 === 0 },
        terms: JSON.stringify({ [name || 'empty']: text, hostile: text }),
        altered: JSON.stringify({ name: 'f'.repeat(64), uri: toStored(name.slice(0, 40)) }),
        jobs: 1,
      }),
    ),
    node: rows((text, name, index) =>
      nodeRow(`n${index}`, {
        ...{ provider_id: id(`p${index}`), region: name, gpu_model: name, gpu_count: 1, uri: text },
        terms: JSON.stringify({ [name || 'empty']: text }),
      }),
    ),
    job: rows((_, name, index) =>
      jobRow(`j${index}`, {
        ...{
          provider_id: id(`p${index}`),
          buyer: name,
          status: 'completed',
          tasks_completed: 1,
          height: 10 + (index % 80),
        },
        ...{ price: '5', price_token: id('rlc'), price_unit: name.slice(0, 100), ended_height: 20, ended_time: at(20) },
      }),
    ),
    task: rows((_, __, index) => taskRow(`t${index}`, { job_id: id(`j${index}`), status: 'completed', attempts: 1 })),
    job_step: rows((_, __, index) =>
      stepRow(20, { ...log(index), network_id: undefined, job_id: id(`j${index}`), kind: 'created' }),
    ).map(({ network_id: _, ...row }) => row),
    attempt: rows((_, __, index) =>
      attemptRow(20, {
        ...log(index),
        job_id: id(`j${index}`),
        task_id: id(`t${index}`),
        node_id: id(`n${index}`),
        provider_id: id(`p${index}`),
      }),
    ).map(({ network_id: _, ...row }) => row),
    verification: rows((_, __, index) =>
      verificationRow(20, {
        ...log(index),
        job_id: id(`j${index}`),
        task_id: id(`t${index}`),
        node_id: id(`n${index}`),
      }),
    ),
    event: rows((text, name, index) =>
      eventRow(20, {
        ...log(index),
        job_id: id(`j${index}`),
        name: name.slice(0, 200),
        args: JSON.stringify({ [name || 'empty']: text }),
      }),
    ),
    payout: rows((_, name, index) =>
      payoutRow(20, {
        ...log(index),
        job_id: id(`j${index}`),
        task_id: id(`t${index}`),
        provider_id: id(`p${index}`),
        recipient: name,
      }),
    ),
    stake_change: rows((_, name, index) =>
      stakeChangeRow(20, { ...log(index), provider_id: id(`p${index}`), account: name }),
    ),
    price: rows((_, name, index) => ({
      ...log(index),
      ...{
        provider_id: id(`p${index}`),
        node_id: id(`n${index}`),
        basis: 'advertised',
        unit: name.slice(0, 100),
        resource: name,
        token: id('rlc'),
        amount: 36,
      },
    })),
    parameter_change: rows((text, name, index) => ({
      ...log(index),
      name: name.slice(0, 200),
      value: text,
      tx_hash: Buffer.alloc(32),
    })),
    anomaly: names.slice(0, 15).map((name, index) => anomalyRow(20, { log_index: index, subject: name.slice(0, 200) })),
    endpoint: names.slice(0, 20).map((name, index) => ({
      ...{ chain_id: devnet.id, name: `${index} ${name.slice(0, 100)}`, role: 'source', state: 'aside' },
      ...{ fault_reason: 'transport', fault_detail: name, fault_at: at(20), updated_at: new Date() },
      ...{ requests: 9, calls: 9, bytes: 9, failures: 1, faults: 1, rate_limit: 1, head_height: 100, latency_ms: 10 },
    })),
  };
}

function toStored(text: string): string {
  return Buffer.from(text.replaceAll('\0', '␀')).toString();
}

export interface HostileSite {
  /** What went wrong on a page; nothing on one that is sound. */
  look(path: string): Promise<readonly string[]>;
  /** Breaks the policy on the page shown last, on purpose. */
  plant(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Pages over a database full of them, in a browser that notes whatever happens beyond their showing. */
export async function openHostileSite(
  strings: readonly string[],
  options: BrowserContextOptions,
): Promise<HostileSite | undefined> {
  const { browser } = await openBrowser();
  if (!browser) return undefined;
  const database: TestDatabase = await createTestDatabase();
  await seed(database.url, toHostileSeed(strings));
  const api: RunningApi = await startApi(
    { host: '127.0.0.1', port: 0, databaseUrl: database.url, logLevel: 'silent', staleAfterSeconds: 120 },
    { mount: (app, { execute: query }) => mountWeb(app, { buildDir: findBuildDir(), query }) },
  );
  const context = await browser.newContext({ baseURL: api.url, ...options });
  const notes: string[] = [];
  const page = await watch(context, api.url, notes);
  const read = async () => [...notes.splice(0), ...(await page.evaluate<string[]>(READ_REPORTS))];
  return {
    async look(path) {
      notes.length = 0;
      const response = await page.goto(path, { waitUntil: 'load' });
      const status = response?.status() ?? 0;
      const found = await read();
      return status === 200
        ? [...found, ...(await page.evaluate<string[]>(READ_FLAWS))]
        : [...found, `status ${status}`];
    },
    async plant() {
      notes.length = 0;
      await page.evaluate(
        "document.body.append(Object.assign(new Image(), { src: 'http://canary.example:9/planted.png' }))",
      );
      await page.waitForTimeout(200);
      return read();
    },
    async close() {
      await browser.close();
      await api.close();
      await database.drop();
    },
  };
}

async function watch(context: BrowserContext, origin: string, notes: string[]): Promise<Page> {
  await context.addInitScript({ content: COLLECT_REPORTS });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    notes.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => notes.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) notes.push(`request: ${url}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') notes.push(`console: ${message.text().slice(0, 300)}`);
  });
  return page;
}

const COLLECT_REPORTS = `globalThis.reports = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.reports.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));`;
const READ_REPORTS = 'globalThis.reports.splice(0)';

/** A page that scrolls sideways, elements that no page of ours has, links that lead astray. */
const READ_FLAWS = `(() => {
  const flaws = [];
  const excess = document.documentElement.scrollWidth - innerWidth;
  const isOut = (one) => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).position !== 'absolute' && !one.closest('.table-region, nav');
  const widest = [...document.querySelectorAll('body *')].findLast(isOut);
  if (excess > 0) flaws.push('wider than its viewport by ' + excess + ': ' + (widest?.parentElement?.outerHTML ?? '').slice(0, 200));
  const strange = 'main script, main style, main iframe, main object, main embed, main video, main audio, main img[src^="http"], main base, main meta, main link, main marquee, main template, main plaintext';
  for (const one of document.querySelectorAll(strange)) flaws.push('element: ' + one.outerHTML.slice(0, 100));
  for (const { href } of document.querySelectorAll('a[href]')) if (!/^https?:/.test(href)) flaws.push('link: ' + href.slice(0, 100));
  for (const one of document.querySelectorAll('a[href]')) if (one.origin !== location.origin && !/nofollow/.test(one.rel)) flaws.push('trusted: ' + one.href.slice(0, 100));
  if (document.querySelectorAll('h1').length !== 1) flaws.push('not one h1');
  if (/[\\u202a-\\u202e\\u2066-\\u2069\\u200b]/.test(document.body.innerText)) flaws.push('unseen characters are shown');
  return flaws;
})()`;

/** The lists, each to its end, and pages of no single row. */
export function listHostilePages(count: number): readonly string[] {
  const pages = Array.from({ length: Math.ceil(count / 50) }, (_, page) => `page=${page + 1}`);
  return [
    ...pages.flatMap((page) => [`/providers?sort=provider&${page}`, `/jobs?${page}`]),
    ...['/', '/status', '/supply', '/prices', '/reliability', '/economy', '/mechanisms', '/metrics'],
    `/networks/${devnet.network}`,
    `/networks/${devnet.network}/removed`,
    '/providers?count=1&hours=1',
    '/metrics/jobs.success',
  ];
}

/** Pages of the rows that bear one string. */
export function listPagesOfString(index: number): readonly string[] {
  const [provider, node, job] = ['p', 'n', 'j'].map((noun) => encodeURIComponent(id(noun + index)));
  const compared = new URLSearchParams({ ids: [id(`p${index}`), id('p0')].join() });
  return [
    ...[`/providers/${provider}`, `/providers/${provider}/others`, `/nodes/${node}`, `/jobs/${job}`],
    `/compare?${compared}`,
  ];
}
