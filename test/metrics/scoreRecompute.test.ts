import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { createApi } from '../../api/createApi.js';
import { main } from '../../cli/main.js';
import { createScoreExplainer, recomputeScore } from '../../indexer/metrics/recompute/main.js';
import { recordFromFacts } from '../../indexer/metrics/recompute/recordFromFacts.js';
import { loadRecord } from '../../indexer/metrics/score/loadRecord.js';
import { toScoreRow } from '../../indexer/metrics/score/scoreRow.js';
import { toOperatorId } from '../../indexer/metrics/score/toOperatorId.js';
import { createLog } from '../../schema/lib/log.js';
import type { Score } from '../../schema/metrics/formulas/score/Score.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { openInstanceKey } from '../../schema/signing/openInstanceKey.js';
import { networkId, openScoreWorld, type ScoreWorld } from './openScoreWorld.js';
import { listScores, rollAll, type StoredRow } from './scorePlan.js';

const network = getNetwork(networkId);
const HOUR = 3_600;

/** A week of the devnet's ComputeMarket: a real chain, and heartbeats through the store that gateways write by. */
describe('a market of which scores are rolled', () => {
  let world: ScoreWorld;
  let rows: readonly StoredRow[];
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'computescan-recompute-'));
    world = await openScoreWorld({ historyDays: 6 });
    await rollAll(world.pool, network, 48);
    rows = await listScores(world.pool);
  }, 180_000);

  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function recomputeAll(hour: number, before: readonly string[] = []) {
    const client = await world.pool.connect();
    try {
      await client.query('begin isolation level repeatable read');
      for (const statement of before) await client.query(statement);
      const block = await findBlock(hour);
      const scope = { network: network.definition, height: block.height, beforeHour: hour };
      const record = await recordFromFacts(client, scope, { blockTime: block.time, minObservers: 1 });
      return { record, scores: scoreNetwork(record, { at: hour * HOUR }), rolled: await loadRecord(client, scope) };
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  /** The last one of an hour. */
  async function findBlock(hour: number): Promise<{ readonly height: number; readonly time: number }> {
    const { rows: blocks } = await world.pool.query<{ height: number; time: number }>(
      `select height, extract(epoch from time)::bigint as time from block
       where chain_id = $1 and time < to_timestamp(($2::bigint + 1) * 3600) order by height desc limit 1`,
      [world.chainId, hour],
    );
    if (!blocks[0]) throw new Error(`a block by hour ${hour}`);
    return blocks[0];
  }

  const hoursOf = () => [...new Set(rows.map(({ hour }) => hour))];
  const byId = <Row extends { readonly id: string }>(list: readonly Row[]) =>
    [...list].sort((one, other) => (one.id < other.id ? -1 : 1));

  it('gives every provider the score that facts and readings give as of a block, to the last digit', async () => {
    expect(hoursOf().length).toBeGreaterThanOrEqual(6);
    for (const hour of hoursOf()) {
      const { scores } = await recomputeAll(hour);
      const made = scores.map((score) => ({ id: toId(score), row: toScoreRow(score) }));
      const stored = rows.filter((row) => row.hour === hour);
      expect(stored.length).toBeGreaterThan(10);
      expect(byId(stored.map(({ id, score, detail }) => ({ id, score, detail })))).toEqual(
        byId(made.map(({ id, row }) => ({ id, score: row.score, detail: row.detail }))),
      );
    }
    const bases = rows.flatMap(({ detail }) => (detail as unknown as Detail).components);
    for (const name of ['availability', 'jobSuccess', 'promise', 'integrity'])
      expect(bases).toContainEqual(expect.objectContaining({ name, basis: 'evidence' }));
  }, 60_000);

  it('makes it again where nothing that is rolled up is there', async () => {
    const hour = hoursOf().at(-1) ?? 0;
    const gone = [...derived, 'node_verdict', 'node_day', 'network_day', 'node_standing'];
    const without = await recomputeAll(
      hour,
      gone.map((table) => `delete from ${table}`),
    );
    expect(without.rolled.outcomes).toEqual([]);
    const { record, rolled } = await recomputeAll(hour);
    expect(without.record).toEqual(record);
    // And what is rolled up says the same, field by field.
    expect(rolled.outcomes.length).toBeGreaterThan(50);
    expect(rolled.slots.some(({ failures }) => failures > 0)).toBe(true);
    expect(rolled.incidents.length).toBeGreaterThan(0);
    const known = rolled.outcomes.filter(({ knownFrom }) => knownFrom < hour * HOUR);
    expect({ ...rolled, outcomes: known }).toEqual({
      ...record,
      outcomes: record.outcomes.filter(({ knownFrom }) => knownFrom < hour * HOUR),
    });
  }, 60_000);

  const options = () => ({ databaseUrl: world.databaseUrl, minObservers: 1, verify: true });

  it('is verified for a name, and found to differ where a row was tampered with', async () => {
    const made = await recomputeScore({ ...options(), subject: 'aurora' });
    expect(made).toMatchObject({ subject: { name: 'Aurora Compute' }, verified: { differences: [] } });
    const { rowCount } = await world.pool.query(
      `update score c set integrity = integrity - 0.000001 from metric_subject s
       where s.subject_key = c.subject_key and s.id = $1 and c.hour = $2`,
      [made.subject.id, made.score.at / HOUR],
    );
    expect(rowCount).toBe(1);
    const { verified } = await recomputeScore({ ...options(), subject: made.subject.id });
    expect(verified?.differences.map(({ field }) => field)).toEqual(['values.integrity']);
    await world.pool.query(
      `update score c set integrity = integrity + 0.000001 from metric_subject s
       where s.subject_key = c.subject_key and s.id = $1 and c.hour = $2`,
      [made.subject.id, made.score.at / HOUR],
    );
  });

  it('is asked for as of any block, and says what is wrong with a question', async () => {
    const early = await findBlock((hoursOf()[2] ?? 0) - 1);
    const made = await recomputeScore({ ...options(), subject: 'Aurora Compute', height: early.height });
    expect(made.block.height).toBe(early.height);
    // The midnight before it.
    expect(made.score.at).toBe((hoursOf()[1] ?? 0) * HOUR);
    expect(made.verified).toEqual({ differences: [] });
    const ask = (more: object) => recomputeScore({ ...options(), subject: 'Aurora Compute', ...more });
    await expect(ask({ subject: 'Arora Compute' })).rejects.toThrow(/which no provider has\. Near: .*Aurora Compute/);
    await expect(ask({ subject: networkId })).rejects.toThrow(/stands for \d+ of them, such as .* Give more of the id/);
    await expect(ask({ height: 9_999_999 })).rejects.toThrow(/up to \d+ of chain 31339, got 9999999/);
    await expect(ask({ height: 2 })).rejects.toThrow(/Expected a stored score .*found none/);
    await expect(ask({ height: 2, verify: false })).rejects.toThrow(/is not yet by block \d: give a later block/);
  });

  it('is explained by causes that add up, each of which names what there is', async () => {
    const first = await findBlock((hoursOf()[1] ?? 0) - 1);
    const ids = rows.filter((row) => row.kind === 'provider' && row.hour === hoursOf()[1]).map(({ id }) => id);
    let told = 0;
    for (const id of ids.slice(0, 8)) {
      const { explanation, score } = await recomputeScore({ ...options(), subject: id, explainFrom: first.height });
      if (!explanation?.points) continue;
      told += explanation.causes.length;
      expect(explanation.from % 86_400).toBe(0);
      const before = rows.find((row) => row.id === id && row.hour * HOUR === explanation.from);
      expect(explanation).toMatchObject({ before: before?.score, after: score.score, subject: id });
      const sum = explanation.causes.reduce((micro, { points }) => micro + Math.round(Number(points) * 1e6), 0);
      expect(sum).toBe(Math.round(Number(score.score) * 1e6) - Math.round(Number(before?.score) * 1e6));
      await expectThere(explanation.causes.flatMap(({ evidenceIds }) => evidenceIds));
    }
    expect(told).toBeGreaterThan(20);
  }, 60_000);

  it('is explained by a server too, between the scores that are stored, and never a word less than adds up', async () => {
    const explainer = createScoreExplainer(world.databaseUrl);
    const log = createLog('api', 'silent');
    const { databaseUrl } = world;
    const api = await createApi({
      ...{ databaseUrl, staleAfterSeconds: 120, log, version: '0', explainScore: explainer.explain },
    });
    try {
      const [from = 0, to = 0] = [hoursOf()[1], hoursOf().at(-1)];
      const toIso = (hour: number) => new Date(hour * HOUR * 1_000).toISOString();
      const of = (hour: number) => rows.filter((row) => row.kind === 'provider' && row.hour === hour);
      let jobs = 0;
      for (const { id, score: before } of of(from).slice(0, 8)) {
        const { data, errors } = await api.execute(
          `{ scoreExplanation(provider: "${id}", from: "${toIso(from)}", to: "${toIso(to)}") {
            from to before after points causeCount causes(first: 1000) { points taskId jobId } } }`,
        );
        expect(errors).toBeUndefined();
        const told = (data as { scoreExplanation: Told }).scoreExplanation;
        const after = of(to).find((row) => row.id === id)?.score;
        expect(told).toMatchObject({ from: toIso(from), to: toIso(to), before, after });
        expect(told.causes).toHaveLength(told.causeCount);
        const sum = told.causes.reduce((micro, { points }) => micro + Math.round(Number(points) * 1e6), 0);
        expect(sum).toBe(Math.round(Number(told.points) * 1e6));
        for (const { taskId, jobId } of told.causes) expect(jobId === null).toBe(taskId === null);
        jobs += told.causes.filter(({ jobId }) => jobId !== null).length;
      }
      expect(jobs).toBeGreaterThan(20);
    } finally {
      await api.close();
      await explainer.close();
    }
  }, 60_000);

  /** Events, flags by node and day, days of heartbeats by provider, and tasks. */
  async function expectThere(ids: readonly string[]): Promise<void> {
    for (const id of new Set(ids)) {
      const [, chain, height, log] = /^(\d+)-(\d+)-(\d+)$/.exec(id) ?? [];
      const [, subject, day] = /^(.+)\/(\d+)$/.exec(id) ?? [];
      const { rowCount } = chain
        ? await world.pool.query('select from event where chain_id = $1 and height = $2 and log_index = $3', [
            ...[chain, height, log],
          ])
        : day
          ? await world.pool.query(
              `select from heartbeat_node n where (n.node_id = $1 or n.provider_id = $1) and exists (
                 select from node_hour h where h.node_key = n.node_key and h.hour / 24 = $2
                 union all select from beat_flag f where f.node_key = n.node_key and f.hour / 24 = $2)`,
              [subject, day],
            )
          : await world.pool.query('select from task where id = $1', [id]);
      expect([id, (rowCount ?? 0) > 0]).toEqual([id, true]);
    }
  }

  it('is made for operators, by their own id', async () => {
    const { rows: operators } = await world.pool.query<{ id: string; members: number }>(
      `select operator_id as id, count(*)::int as members from operator_member group by 1 having count(*) > 1 order by 1`,
    );
    const last = rows.filter((row) => row.kind === 'operator' && row.hour === hoursOf().at(-1));
    expect(last.map(({ id }) => id)).toEqual(operators.map(({ id }) => id));
    for (const { id } of operators) {
      const made = await recomputeScore({ ...options(), subject: id });
      expect(made).toMatchObject({ subject: { kind: 'operator', id }, verified: { differences: [] } });
    }
  });

  async function run(...argv: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
    const before = { ...process.env };
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    Object.assign(process.env, { DATABASE_URL: world.databaseUrl, COMPUTESCAN_KEY_FILE: join(folder, 'key.pem') });
    try {
      const code = await main(['score', ...argv], { root: folder, buildWeb: async () => undefined });
      return { code, text: log.mock.calls.map(([line]) => String(line)).join('\n') };
    } finally {
      log.mockRestore();
      process.env = before;
    }
  }

  it('is told to people with what it was made from', async () => {
    const { code, text } = await run('Aurora Compute', '--verify');
    expect(code).toBe(0);
    expect(text).toMatch(
      /^Aurora Compute \(compute-market-devnet:0x[0-9a-f]{40}\), provider, as of 2026-09-2\d \d\d:00 UTC/,
    );
    expect(text).toMatch(/\d\d\.\d{6} of 100\. The evidence is (thin|fair|strong): a weight of [\d.]+/);
    for (const line of ['minutes known', 'successes, by weight', 'prior, failures', 'left out', 'one more point'])
      expect(text).toContain(line);
    expect(text).toMatch(/stored score .* is the same, to the last digit/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('is signed as canonical JSON, in which no byte can be changed', async () => {
    const file = join(folder, 'score.json');
    const { code, text } = await run('Aurora Compute', '--json');
    expect(code).toBe(0);
    writeFileSync(file, text);
    const { publicKey } = openInstanceKey(join(folder, 'key.pem'));
    expect(JSON.parse(text)).toMatchObject({
      document: { type: 'computescan-score-v1', network: networkId, score: { methodVersion: 1, kind: 'provider' } },
      signature: { algorithm: 'Ed25519', keyId: publicKey.keyId },
    });
    expect(await run('--verify-file', file)).toMatchObject({ code: 0 });
    expect(await run('--verify-file', file, '--public-key', publicKey.publicKey)).toMatchObject({
      ...{ code: 0, text: expect.stringMatching(/^Signed by key .* nothing of it has changed: .* of 100$/) },
    });
    // Another form of the same is the same.
    writeFileSync(file, JSON.stringify(JSON.parse(text), null, 2));
    expect(await run('--verify-file', file)).toMatchObject({ code: 0 });
    writeFileSync(
      file,
      text.replace(/"score":"(\d)/, (_, digit) => `"score":"${(Number(digit) + 1) % 10}`),
    );
    expect(readFileSync(file, 'utf8')).not.toBe(text);
    expect(await run('--verify-file', file)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/^NOT signed by key/),
    });
    writeFileSync(file, text);
    const stranger = openInstanceKey(join(folder, 'other.pem')).publicKey;
    expect(await run('--verify-file', file, '--public-key', stranger.publicKey)).toMatchObject({
      ...{ code: 1, text: expect.stringContaining(`it names key ${publicKey.keyId}, not ${stranger.keyId}`) },
    });
  });
});

function toId({ kind, subject }: Score): string {
  return kind === 'operator' ? toOperatorId(networkId, subject) : subject;
}

interface Told {
  readonly points: string;
  readonly causeCount: number;
  readonly causes: readonly {
    readonly points: string;
    readonly taskId: string | null;
    readonly jobId: string | null;
  }[];
}

interface Detail {
  readonly components: readonly { readonly name: string; readonly basis: string }[];
}

const derived = [
  ...['task_outcome', 'outage', 'uptime_window', 'window_end', 'removed_pair', 'operator_member', 'score'],
  ...['metric_hour', 'metric_day', 'metric_progress'],
];
