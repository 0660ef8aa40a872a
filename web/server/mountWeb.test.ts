import { mkdtempSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Fastify from 'fastify';
import { RetryableError } from '../../schema/lib/errors.js';
import { findBuildDir } from './config.js';
import { mountWeb } from './mountWeb.js';
import type { Query } from './query.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const emptyInstance: Query = async (document) => {
  if (document.includes('query Chains')) return { data: { _meta: null } };
  return {
    data: {
      ...{ choices: [], networks: [], activity: [], providers: [], jobs: [], gpuCatalogue: { models: [] } },
      ...{ provider: null, job: null, _meta: null },
      ...{ advertised: [], bid: [], settled: [], payouts: [], outages: [], paid: null, paidUsd: null },
    },
  };
};

const brokenApi: Query = async () => {
  throw new RetryableError('The API at http://db-7.internal cannot be reached (ECONNREFUSED)');
};

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Site {
  ask(path: string, asked?: Asked): Promise<Answer>;
}

/** A real server on a free port for as long as it is used. */
async function withSite(query: Query, use: (site: Site) => Promise<void>, publicUrl?: string): Promise<void> {
  const app = Fastify({ forceCloseConnections: true });
  app.get('/health', async () => ({ ok: true }));
  await mountWeb(app, { buildDir: findBuildDir(), query, publicUrl });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    await use({ ask: (path, asked = {}) => ask(origin + path, asked) });
  } finally {
    await app.close();
  }
}

function ask(url: string, { method = 'GET', headers = {}, body = '' }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = body ? { ...headers, 'content-length': String(body.length) } : { ...headers };
    const outgoing = request(url, { method, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('pages mounted on a server', () => {
  it('carry a policy whose nonce is new each time and on every script', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      const answers = await Promise.all([ask('/'), ask('/')]);
      const nonces = answers.map(({ headers, body }) => {
        const policy = String(headers['content-security-policy']);
        const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1];
        const scripts = body.match(/<script[^>]*>/g) ?? [];
        expect(scripts.length).toBeGreaterThan(1);
        expect(scripts.every((script) => script.includes(`nonce="${nonce}"`))).toBe(true);
        expect(body).not.toMatch(/<style|\sstyle=/);
        expect(headers['cache-control']).toMatch(/private|no-store/);
        expect(headers['x-content-type-options']).toBe('nosniff');
        return nonce;
      });
      expect(new Set(nonces).size).toBe(2);
    });
  });

  it('leave the headers of other routes alone', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      const { headers, body } = await ask('/health');
      expect(body).toBe('{"ok":true}');
      expect(headers['content-security-policy']).toBeUndefined();
    });
  });

  it('are useful before anything is indexed', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      for (const path of ['/', '/providers', '/jobs', '/status']) {
        const { status, body } = await ask(path);
        expect([path, status]).toEqual([path, 200]);
        expect(body).toMatch(/<p class="empty-title">[^<]+ yet\.</);
      }
    });
  });

  it('say that the API is out of reach, with 503 and without the reason', async () => {
    await withSite(brokenApi, async ({ ask }) => {
      for (const path of ['/', '/providers', '/providers/a%3A0x1', '/jobs', '/jobs/a%3A0x1', '/status']) {
        const { status, body, headers } = await ask(path);
        expect([path, status]).toEqual([path, 503]);
        expect(headers['retry-after']).toBe('5');
        expect(body).toContain('The data is out of reach');
        expect(body).not.toContain('db-7');
      }
      expect((await ask('/pulse')).status).toBe(503);
    });
  });

  it('answer 404 for what is not there and 400 for what the API calls out of range', async () => {
    const picky: Query = async (document) =>
      document.includes('query Jobs')
        ? { errors: [{ message: 'skip is at most 5000', extensions: { code: 'BAD_USER_INPUT' } }] }
        : emptyInstance(document);
    await withSite(picky, async ({ ask }) => {
      expect((await ask('/nowhere')).status).toBe(404);
      expect((await ask('/providers/a%3A0x1')).status).toBe(404);
      expect((await ask('/jobs')).status).toBe(400);
    });
  });

  it('answer HEAD without a body', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      const { status, body, headers } = await ask('/', { method: 'HEAD' });
      expect([status, body]).toEqual([200, '']);
      expect(headers['content-type']).toContain('text/html');
    });
  });

  it('do not believe the Host header', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      const { status, body } = await ask('/', { headers: { host: 'evil.example' } });
      expect(status).toBe(200);
      expect(body).not.toContain('evil.example');
      expect(body).not.toContain('rel="canonical"');
    });
  });

  it('tell search engines the address that the site was said to have', async () => {
    await withSite(
      emptyInstance,
      async ({ ask }) => {
        const { body } = await ask('/jobs?at=7&page=2');
        expect(body).toContain('<link rel="canonical" href="https://scan.example/jobs?page=2"/>');
        expect(body).toContain('hrefLang="de" href="https://scan.example/jobs?page=2&amp;lang=de"/>');
        const missing = await ask('/nowhere');
        expect(missing.body).not.toContain('rel="canonical"');
      },
      'https://scan.example',
    );
  });

  it('keep a theme in a cookie and go back to the page, never to another site', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      const choose = (theme: string, to: string) =>
        ask('/theme', { method: 'POST', headers: FORM, body: new URLSearchParams({ theme, to }).toString() });
      const kept = await choose('dark', '/jobs?page=2');
      expect([kept.status, kept.headers.location]).toEqual([302, '/jobs?page=2']);
      expect(kept.headers['set-cookie']?.[0]).toContain('theme=dark');
      for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nx: y', '']) {
        expect((await choose('dark', to)).headers.location).toBe('/');
      }
      expect((await choose('neon', '/')).status).toBe(400);
      expect((await ask('/', { headers: { cookie: 'a=b; theme=dark' } })).body).toContain('data-theme="dark"');
    });
  });

  it('refuse other methods and large bodies', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      expect((await ask('/jobs', { method: 'DELETE' })).status).toBe(405);
      expect((await ask('/theme', { method: 'POST', headers: FORM, body: 'x'.repeat(5_000) })).status).toBe(413);
    });
  });

  it('let assets be kept for a year, since their names carry their content', async () => {
    await withSite(emptyInstance, async ({ ask }) => {
      const script = /\/assets\/[^"]+\.js/.exec((await ask('/')).body)?.[0] ?? '';
      const plain = await ask(script);
      expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
      expect(plain.headers['cache-control']).toContain('immutable');
      expect((await ask(script, { headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding']).toBe('gzip');
      for (const path of ['/assets/none.js', '/assets/..%2f..%2fserver/index.js', '/.vite/manifest.json']) {
        expect([path, (await ask(path)).status]).toEqual([path, 404]);
      }
    });
  });

  it('ask for a build where there is none', async () => {
    const buildDir = mkdtempSync(path.join(tmpdir(), 'no-build-'));
    await expect(mountWeb(Fastify(), { buildDir, query: emptyInstance })).rejects.toThrow('npm run build');
  });
});
