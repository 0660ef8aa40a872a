import type { Api } from '../../api/createApi.js';
import { findLineage } from '../../api/domains/lineage/lineages.js';
import { createPlan } from '../../indexer/metrics/createPlan.js';
import { ensureHours } from '../../indexer/telemetry/beats/partitions.js';
import { catalogue } from '../../schema/metrics/catalogue.js';
import { drawSpacedChain, openRollWorld, type RollWorld } from '../metrics/openRollWorld.js';
import { network, toBatches } from '../writer/marketChain.js';
import { listStatements } from './listStatements.js';
import { createTestApi, openApi } from './openApi.js';

const id = network.definition.id;

interface Bucket {
  readonly metric: string;
  readonly kind: string;
  readonly subject: string;
  readonly at: Date;
}

interface Told {
  readonly point: { readonly numerator: string | null; readonly denominator: string | null; readonly samples: string };
  readonly recount: { readonly agrees: boolean | null; readonly samples: string | null };
  readonly counts: readonly { readonly source: string; readonly count: string }[];
  readonly inputs: readonly { readonly metric: { readonly id: string } }[];
  readonly facts: {
    readonly nodes: readonly Fact[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface Fact {
  readonly id: string;
  readonly source: string;
  readonly nature: string;
  readonly event: string | null;
  readonly transaction: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
}

const fields = `point { numerator denominator samples } recount { numerator denominator samples agrees } counts { source kind count }
  inputs { metric { id } kind subject grain from to } sources { table nature } evidence note
  facts(first: $first, after: $after) {
    nodes { id source nature kind at chain height blockHash transaction event eventName provider node job task numerator denominator measure detail }
    pageInfo { hasNextPage endCursor }
  }`;
const query = `query ($metric: ID!, $subject: ID!, $kind: MetricSubjectKind, $at: Timestamp!, $grain: MetricGrain = day, $first: Int = 20, $after: String) {
  lineage(metric: $metric, subject: $subject, kind: $kind, bucket: $at, grain: $grain) { ${fields} }
}`;

describe('lineage', () => {
  let world: RollWorld;
  let api: Api;

  beforeAll(async () => {
    world = await openRollWorld(createPlan());
    await world.write(toBatches(drawSpacedChain({ seed: 7, blocks: 700 }), 50));
    await judgeHours(world);
    await world.rollAll();
    api = await createTestApi(String((world.pool.options as { connectionString?: string }).connectionString));
  }, 120_000);

  afterAll(async () => {
    await api.close();
    await world.close();
  });

  async function ask(variables: Readonly<Record<string, unknown>>): Promise<Told> {
    const { data, errors } = await api.execute(query, variables);
    if (errors) throw new Error(`Expected no errors, got ${JSON.stringify(errors)}`);
    return JSON.parse(JSON.stringify(data)).lineage;
  }

  async function fail(variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    const { errors } = await api.execute(query, variables);
    return errors?.map(({ message, extensions }) => [extensions?.code, message]);
  }

  /** Of each metric and kind of subject the fullest buckets and the first ones. */
  async function listBuckets(grain: 'hour' | 'day'): Promise<readonly Bucket[]> {
    return world.query<Bucket>(
      `select metric, kind, subject, at from (
         select m.id as metric, s.kind, s.id as subject, to_timestamp(d.${grain}::int8 * $1) as at,
           row_number() over (partition by m.id, s.kind order by d.n desc, d.${grain}, s.id) as largest,
           row_number() over (partition by m.id, s.kind order by md5(s.id || d.${grain})) as any_one
         from metric_${grain} d join metric m using (metric_key) join metric_subject s using (subject_key)
         join metric_progress g on g.network_id = s.network_id
         where to_timestamp((d.${grain} + 1)::int8 * $1) <= g.rolled_time
       ) as stored where largest <= 1 or any_one <= 1 order by metric, kind`,
      [grain === 'hour' ? 3_600 : 86_400],
    );
  }

  it.each(['hour', 'day'] as const)(
    'comes to what is stored, of every figure by the %s whose rows add up',
    async (grain) => {
      const buckets = await listBuckets(grain);
      const differing: unknown[] = [];
      const agreed = new Set<string>();
      for (const bucket of buckets) {
        const told = await ask({ ...bucket, at: bucket.at.toISOString(), grain, first: 1 });
        if (told.recount.agrees === false) differing.push([bucket, told.point, told.recount, told.counts]);
        if (told.recount.agrees) agreed.add(bucket.metric);
        const rows = told.counts.reduce((sum, { count }) => sum + Number(count), 0);
        // Where there is something, there are rows that it is made of.
        if (Number(told.point.samples) > 0 && rows === 0) differing.push([bucket, 'no rows', told.point]);
      }
      expect(differing).toEqual([]);
      const families = new Set([...agreed].map((metric) => metric.split('.')[0]));
      expect([...families].sort()).toEqual(
        grain === 'hour'
          ? ['economy', 'jobs', 'mechanisms', 'price', 'reliability', 'supply']
          : ['economy', 'jobs', 'mechanisms', 'price', 'reliability', 'supply', 'survival'],
      );
      expect(agreed.size).toBeGreaterThan(40);
    },
    240_000,
  );

  it('is there for every metric that has buckets', () => {
    const missing = catalogue.filter(
      (metric) => metric.grains.some((grain) => grain !== 'window') && findLineage(metric) === undefined,
    );
    expect(missing.map(({ id: metric }) => metric)).toEqual([]);
  });

  it('leads to logs and transactions, page after page, each once', async () => {
    const [bucket] = await world.query<Bucket>(
      `select m.id as metric, s.kind, s.id as subject, to_timestamp(d.day::int8 * 86400) as at
       from metric_day d join metric m using (metric_key) join metric_subject s using (subject_key)
       where m.id = 'economy.payouts' and s.kind = 'network' order by d.n desc limit 1`,
    );
    const asked = { ...bucket, at: bucket?.at.toISOString(), first: 7 };
    const facts: Fact[] = [];
    let page = await ask(asked);
    facts.push(...page.facts.nodes);
    while (page.facts.pageInfo.hasNextPage) {
      page = await ask({ ...asked, after: page.facts.pageInfo.endCursor });
      facts.push(...page.facts.nodes);
    }
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(Number(page.point.samples));
    expect(facts.length).toBe(Number(page.point.samples));
    const sum = facts.reduce((total, { numerator }) => total + BigInt(numerator ?? 0), 0n);
    expect(String(sum)).toBe(page.point.numerator);
    for (const { event, transaction, nature, source } of facts) {
      expect({ nature, source }).toEqual({ nature: 'fact', source: 'payout' });
      const stored = await api.execute('query ($event: ID!) { event(id: $event) { transaction } }', { event });
      expect(stored.data?.event).toEqual({ transaction });
    }
  });

  it('tells readings from facts, and what follows from a deadline from what a log says', async () => {
    const [hour] = await listBuckets('hour').then((all) =>
      all.filter(({ metric, kind }) => metric === 'reliability.uptime' && kind === 'network'),
    );
    const { facts } = await ask({ ...hour, at: hour?.at.toISOString(), grain: 'hour' });
    expect(facts.nodes[0]).toMatchObject({ source: 'node_verdict', nature: 'reading', event: null, transaction: null });
    const late = (await listBuckets('day')).find(({ metric }) => metric === 'jobs.timedOut');
    const told = await ask({ ...late, at: late?.at.toISOString() });
    expect(told.facts.nodes[0]).toMatchObject({
      source: 'task_outcome',
      nature: 'derived',
      event: null,
      numerator: '1',
    });
  });

  it('of a score has its evidence and the figures one level down', async () => {
    const [scored] = await world.query<{ subject: string; at: Date }>(
      `select s.id as subject, to_timestamp((c.hour - 1)::int8 * 3600) as at from score c join metric_subject s using (subject_key)
       where s.kind = 'provider' order by c.evidence_weight desc, c.hour desc limit 1`,
    );
    const told = await ask({
      metric: 'score.reputation',
      subject: scored?.subject,
      kind: 'provider',
      at: scored?.at.toISOString(),
    });
    expect(told).toMatchObject({
      evidence: { evidence: expect.any(String), evidenceWeight: expect.any(String), detail: {} },
    });
    expect(told.inputs.map(({ metric }) => metric.id)).toEqual(['jobs.success', 'jobs.onTime', 'reliability.uptime']);
    expect(told.counts.map(({ source }) => source)).toContain('task_outcome');
  });

  it('takes a statement each for subject, point, counts and rows, however many rows there are', async () => {
    const [bucket] = await listBuckets('day');
    const asked = { ...bucket, at: bucket?.at.toISOString() };
    const few = await listStatements(() => ask({ ...asked, kind: bucket?.kind, first: 1 }));
    const many = await listStatements(() => ask({ ...asked, first: 1_000 }));
    expect(few.length).toBe(many.length);
    expect(few.length).toBeLessThanOrEqual(5);
  });

  it('refuses what has no buckets, cursors of others and moments of the past', async () => {
    const at = '2026-01-10T00:00:00Z';
    const of = (metric: string, more: object = {}) => fail({ metric, subject: id, at, ...more });
    expect(await of('no.such')).toEqual([['BAD_USER_INPUT', expect.stringContaining('see `metrics`')]]);
    expect(await of('price.ask', { grain: 'hour' })).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('it has day')],
    ]);
    expect(await of('reliability.windowUptime')).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('of windows alone')],
    ]);
    expect(await of('jobs.success', { grain: 'window' })).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('got window')],
    ]);
    expect(await of('jobs.success', { first: 0 })).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('from 1 to 1000')],
    ]);
    expect(await of('jobs.success', { after: 'x' })).toEqual([
      ['BAD_CURSOR', expect.stringContaining('Expected after')],
    ]);
    const opened = (await listBuckets('day')).find(
      ({ metric, kind }) => metric === 'jobs.opened' && kind === 'network',
    );
    const { facts } = await ask({ ...opened, at: opened?.at.toISOString(), first: 1 });
    expect(await of('jobs.success', { after: facts.pageInfo.endCursor })).toEqual([
      ['CURSOR_MISMATCH', expect.any(String)],
    ]);
    const past = await api.execute(
      `{ lineage(metric: "jobs.success", subject: "${id}", bucket: "${at}") { from } networks(block: { timestamp: "${at}" }) { id } }`,
    );
    expect(past.errors?.[0]?.extensions?.code).toBe('BLOCK_MIXED');
  });

  it('is nothing for whoever has no figures', async () => {
    const open = await openApi({});
    try {
      const asked = '(metric: "jobs.success", subject: "nobody", bucket: "2026-01-10T00:00:00Z")';
      expect(await open.read(`{ lineage${asked} { from facts { nodes { id } } } }`)).toEqual({ lineage: null });
      const ancient = '(metric: "jobs.success", subject: "nobody", bucket: "0001-01-10T00:00:00Z")';
      expect(await open.read(`{ lineage${ancient} { from } }`)).toEqual({ lineage: null });
    } finally {
      await open.close();
    }
  });
});

/** Hours as heartbeats leave them: each machine is up but for some minutes of its own. */
async function judgeHours(world: RollWorld): Promise<void> {
  const [span] = await world.query<{ low: number; high: number }>(
    'select floor(extract(epoch from min(time)) / 3600)::int + 1 as low, floor(extract(epoch from max(time)) / 3600)::int - 1 as high from event',
  );
  if (!span) throw new Error('there are events');
  await ensureHours(world.pool, span.low, span.high);
  await world.query(
    `insert into heartbeat_node (node_id, network_id, provider_id, first_slot)
     select n.id, n.network_id, n.provider_id, $1::int * 60 from node n order by n.id limit 12`,
    [span.low],
  );
  await world.query(
    `insert into network_hour (network_id, hour, observer, receipts, healthy)
     select $1, hour, 1, '{}', 0 from generate_series($2::int, $3::int) hour`,
    [id, span.low, span.high],
  );
  await world.query(
    `insert into node_verdict (node_key, hour, up, known, expected)
     select node_key, hour, whole & ~(7::bigint << (node_key * 7 + hour) % 50) & ~(3::bigint << (node_key + hour) % 40),
       whole & ~(3::bigint << (node_key + hour) % 40), whole
     from heartbeat_node cross join generate_series($1::int, $2::int) hour
     cross join (select (1::bigint << 60) - 1 as whole) as bits`,
    [span.low, span.high],
  );
}
