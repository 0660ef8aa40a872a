import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dropPostgres } from '../../cli/postgres/dropPostgres.js';
import { beginProduct, type Product, startProduct } from '../product.js';

interface Totals {
  readonly oldestJob: string;
  readonly height: number;
  readonly jobs: number;
}

describe('computescan up', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct({ historyDays: 2, replay: false });
  }, 120_000);

  afterAll(async () => {
    await product.interrupt();
    await dropPostgres(join(product.dataDir, 'postgres'));
    await rm(product.dataDir, { recursive: true, force: true });
  });

  it('prints where to look, and serves pages and GraphQL with data there', async () => {
    expect(product.output()).toMatch(/database\s+PostgreSQL \d+\.\d+, embedded in/);
    expect(product.output()).toMatch(/explorer\s+http:\/\/127\.0\.0\.1:\d+/);
    expect(product.output()).toMatch(/graphql\s+http:\/\/127\.0\.0\.1:\d+\/graphql/);
    const page = await (await fetch(`${product.url}/providers`)).text();
    expect(page.match(/href="\/providers\//g)?.length).toBeGreaterThan(3);
    expect(await readTotals(product)).toMatchObject({ jobs: expect.any(Number) });
  });

  it('stops at Ctrl-C with code 0 and leaves no process, and goes on where it was', async () => {
    const before = await readTotals(product);
    const family = listDescendants(product.pid);
    expect(family.length).toBeGreaterThanOrEqual(4);
    expect(await product.interrupt()).toBe(0);
    expect(family.filter(isAlive)).toEqual([]);

    product = await startProduct({ historyDays: 2, replay: false, dataDir: product.dataDir });
    const after = await readTotals(product);
    expect(after.oldestJob).toBe(before.oldestJob);
    expect(after.height).toBeGreaterThanOrEqual(before.height);
    expect(after.jobs).toBeGreaterThanOrEqual(before.jobs);
  });

  it('starts its database again when that is killed, and goes on', async () => {
    const before = await readTotals(product);
    // Its backends are descendants too; the postmaster comes before them.
    const postmaster = listDescendants(product.pid).find(isPostgres);
    if (!postmaster) throw new Error('up has no Postgres among its children');
    process.kill(postmaster, 'SIGKILL');
    await until(() => /database\s+Postgres has ended by itself; starting it again/.test(product.output()));
    for (;;) {
      const now = await readTotals(product).catch(() => undefined);
      if (now && now.height > before.height) break;
      if (!isAlive(product.pid)) throw new Error(`The product has ended with its database:\n${product.output()}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  it('stops at once at Ctrl-C while it still starts, and leaves nobody behind at kill -9 then', async () => {
    await product.interrupt();
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const starting = await beginProduct(product.dataDir);
      await until(() => /devnet starting|database\s/.test(starting.output()));
      const family = listDescendants(starting.pid).filter((pid) => !isPostgres(pid));
      process.kill(starting.pid, signal);
      await until(() => family.filter(isAlive).length === 0);
      if (signal === 'SIGINT') expect(starting.output()).not.toMatch(/Ready/);
    }
    product = await startProduct({ historyDays: 2, replay: false, dataDir: product.dataDir });
  });

  it('survives kill -9: nothing but the database is left, and the next start takes that over', async () => {
    const before = await readTotals(product);
    const family = listDescendants(product.pid).filter((pid) => !isPostgres(pid));
    process.kill(product.pid, 'SIGKILL');
    await until(() => family.filter(isAlive).length === 0);

    product = await startProduct({ historyDays: 2, replay: false, dataDir: product.dataDir });
    const after = await readTotals(product);
    expect(after.oldestJob).toBe(before.oldestJob);
    expect(after.jobs).toBeGreaterThanOrEqual(before.jobs);
  });
});

async function readTotals({ url }: Product): Promise<Totals> {
  const oldest = 'jobs(first: 1, orderBy: createdAt, orderDirection: asc) { id }';
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ ${oldest} networks { jobCount } _meta { chains { id block { number } } } }` }),
  });
  const { data } = (await response.json()) as {
    data: {
      jobs: { id: string }[];
      networks: { jobCount: string }[];
      _meta: { chains: { id: string; block: { number: string } }[] };
    };
  };
  return {
    oldestJob: data.jobs[0]?.id ?? '',
    height: Number(data._meta.chains.find(({ id }) => id === '31337')?.block.number),
    jobs: Number(data.networks[0]?.jobCount),
  };
}

function listDescendants(root: number): readonly number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const family = [root];
  for (const pid of family) family.push(...table.filter(([, parent]) => parent === pid).map(([child]) => child));
  return family;
}

function isPostgres(pid: number): boolean {
  return /postgres/.test(execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }));
}

/** A zombie has ended; only its parent has not taken note yet. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .startsWith('Z');
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 100));
}
