import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { createServer } from '../../api/createServer.js';
import { mountPlayground, type PlaygroundBuilder } from '../../api/playground/mountPlayground.js';
import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { createLog } from '../../schema/lib/log.js';
import { type OpenApi, openApi } from '../api/openApi.js';
import { devnet } from '../api/seed.js';
import { exampleRows } from '../api/seedExamples.js';
import { openBrowser } from './browser.js';

const { browser, reason } = await openBrowser();
const inBrowser = browser ? it : it.skip;
const root = fileURLToPath(new URL('../..', import.meta.url));
const log = createLog('api', 'silent');

describe(browser ? 'the playground in a real browser' : `the playground in a real browser, skipped: ${reason}`, () => {
  let open: OpenApi;
  let app: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    if (!browser) return;
    const path = '../../cli/prepare.mjs';
    const { buildPlayground } = (await import(path)) as {
      buildPlayground(root: string): ReturnType<PlaygroundBuilder>;
    };
    await buildPlayground(root);
    open = await openApi(exampleRows);
    app = createServer();
    await open.api.mount(app);
    await mountPlayground(app, { log });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  }, 400_000);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await open?.close();
  });

  /** An open page, and what the browser complained about: scripts, the policy, requests that failed. */
  async function visit(colorScheme: 'light' | 'dark' = 'light'): Promise<{ page: Page; complaints: string[] }> {
    if (!browser) throw new Error(reason);
    const context = await browser.newContext({ baseURL: url, colorScheme, viewport: { width: 1440, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
    await page.goto('/playground');
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    return { page, complaints };
  }

  async function choose(page: Page, example: string): Promise<void> {
    const [reader = ''] = example.split('/');
    const group = page.locator('details', { has: page.locator(`[data-example^="${reader}/"]`) });
    if (!(await group.evaluate((element: unknown) => (element as { open: boolean }).open))) {
      await group.locator('summary').click();
    }
    await page.locator(`[data-example="${example}"]`).click();
  }

  inBrowser(
    'runs an example, with what it asks for filled in, and breaks no rule of its policy',
    async () => {
      const { page, complaints } = await visit();
      await choose(page, 'buyer/one-provider');
      await page.locator('.graphiql-editor-tool .view-line', { hasText: 'iexec-devnet:p' }).first().waitFor();
      await page.locator('.graphiql-execute-button').click();
      const answer = page.locator('.graphiql-response .view-line', { hasText: '"One"' });
      await answer.first().waitFor();
      expect(await page.locator('.graphiql-response', { hasText: 'errors' }).count()).toBe(0);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  inBrowser(
    'copies as a command that a shell runs',
    async () => {
      const { page, complaints } = await visit();
      await choose(page, 'buyer/my-jobs');
      await page.locator('.graphiql-editor-tool .view-line', { hasText: '0xbbb' }).first().waitFor();
      await page.locator('button[aria-label="Copy as curl"]').click();
      await page.locator('button[data-said="Copied"]').waitFor();
      const command = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(command).toContain(`curl '${url}/graphql'`);
      const { stdout } = await promisify(execFile)('sh', ['-c', command.replace(/^curl/, 'curl -s')]);
      expect(JSON.parse(stdout)).toMatchObject({ data: { jobsConnection: { totalCount: '2' } } });
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  inBrowser(
    'follows what happens, in the browser and as a command',
    async () => {
      const { page, complaints } = await visit();
      await choose(page, 'protocol/follow-blocks');
      await page.locator('.graphiql-query-editor .view-line', { hasText: 'blockIndexed' }).first().waitFor();
      await page.locator('button[aria-label="Copy as curl"]').click();
      await page.locator('button[data-said="Copied"]').waitFor();
      const command = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(command).toContain(`curl -N '${url}/graphql/stream'`);
      const curl = promisify(execFile)('sh', ['-c', command.replace(/^curl/, 'curl -s --max-time 8')]).catch(
        (stopped: { stdout: string }) => stopped,
      );
      const listening = page.waitForEvent('websocket');
      await page.locator('.graphiql-execute-button').click();
      await (await listening).waitForEvent('framereceived');
      const answer = page.locator('.graphiql-response .view-line', { hasText: '"retracted": false' });
      // Nobody says when the server has begun to listen: a block more until it tells of one.
      for (let height = 101; height < 130 && (await answer.count()) === 0; height += 1) {
        await writeBlock(open.url, height);
        await page.waitForTimeout(500);
      }
      await answer.first().waitFor({ timeout: 1_000 });
      await page.locator('.graphiql-execute-button').click();
      expect((await curl).stdout).toContain('"blockIndexed"');
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  inBrowser(
    'has the documentation of every field, a history of what was asked, and a dark side',
    async () => {
      const { page, complaints } = await visit('dark');
      await page.locator('.graphiql-execute-button').click();
      await page.locator('.graphiql-response .view-line', { hasText: 'networks' }).first().waitFor();
      await page.locator('button[aria-label="Show History"]').click();
      await page.locator('.graphiql-history-item').first().waitFor();
      await page.locator('button[aria-label="Show Documentation Explorer"]').click();
      await page.locator('.graphiql-doc-explorer', { hasText: 'Query' }).waitFor();
      const background = await page.evaluate<string>(
        "getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor",
      );
      const [red = 255] = (background.match(/\d+/g) ?? []).map(Number);
      expect(red).toBeLessThan(80);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );
});

/** A block more of the chain, as the writer leaves it; within two seconds the server looks by itself. */
async function writeBlock(databaseUrl: string, height: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const hash = Buffer.alloc(32, height);
  await client.query(`insert into block (chain_id, height, hash, parent_hash, time) values ($1, $2, $3, $4, now())`, [
    devnet.id,
    height,
    hash,
    Buffer.alloc(32, height - 1),
  ]);
  await client.query('update chain set height = $2, block_hash = $3, block_time = now() where chain_id = $1', [
    ...[devnet.id, height, hash],
  ]);
  await client.query('select pg_notify($1, $2)', [BLOCK_CHANNEL, JSON.stringify({ chain: devnet.id, height })]);
  await client.end();
}

describe('the playground before it is built', () => {
  interface Answer {
    readonly status: number;
    readonly headers: Headers;
    readonly body: string;
  }

  async function ask(build?: PlaygroundBuilder) {
    const app = createServer();
    await mountPlayground(app, { log, build, directory: '/nowhere' });
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const get = async (path = '/playground'): Promise<Answer> => {
      const response = await fetch(origin + path);
      return { status: response.status, headers: response.headers, body: await response.text() };
    };
    return { app, get };
  }

  it('says what to do where there is nothing to build it with', async () => {
    const { app, get } = await ask();
    const { status, body, headers } = await get();
    expect([status, headers.get('retry-after')]).toEqual([503, '60']);
    expect(body).toContain('npm run build');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    await app.close();
  });

  it('is built by its first reader, once, while the page comes again by itself', async () => {
    let builds = 0;
    const { app, get } = await ask(async () => {
      builds++;
      return new Promise(() => undefined);
    });
    for (const { status, body } of [await get(), await get('/playground/')]) {
      expect(status).toBe(503);
      expect(body).toContain('http-equiv="refresh"');
    }
    expect(builds).toBe(1);
    await app.close();
  });

  it('says that it could not be built, without the reason', async () => {
    const { app, get } = await ask(async () => {
      throw new Error('secret/path');
    });
    const { status, body } = await get();
    expect([status, body.includes('could not be built'), body.includes('secret')]).toEqual([503, true, false]);
    await app.close();
  });

  it.each(['..%2f..%2fpackage.json', '.stamp', 'index.js.map', 'none.js'])('serves no %s', async (name) => {
    const { app, get } = await ask();
    expect((await get(`/playground/assets/${name}`)).status).toBe(404);
    await app.close();
  });
});
