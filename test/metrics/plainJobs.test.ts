import type pg from 'pg';
import { outcomeTable, runningTable } from '../../indexer/metrics/jobs/jobTables.js';
import { loadJobFacts } from '../../indexer/metrics/jobs/loadJobFacts.js';
import { rollOutcomes } from '../../indexer/metrics/jobs/rollOutcomes.js';
import { writeJobRows } from '../../indexer/metrics/jobs/writeJobRows.js';
import { writePlainJobs } from '../../indexer/metrics/jobs/writePlainJobs.js';
import type { RollContext } from '../../indexer/metrics/roll/RollStep.js';
import { foldJob } from '../../schema/metrics/formulas/jobs/foldJob.js';
import { stepKinds } from '../../schema/metrics/formulas/jobs/JobFacts.js';
import { chainId, createDraw, type Draw, network } from '../writer/marketChain.js';
import { openStore } from '../writer/openStore.js';

/** Facts as they stand in the tables, of jobs that are plain or nearly so: what makes one another is drawn one thing at a time. */

type Row = Readonly<Record<string, unknown>>;
type Facts = Readonly<Record<'job' | 'task' | 'job_step' | 'payout' | 'stake_change', Row[]>>;

const networkId = network.definition.id;
const HEAD = 60;
const EPOCH = Date.UTC(2026, 0, 1) / 1_000;
const toSeconds = (height: number) => EPOCH + height * 10;
const toText = (seconds: number) => new Date(seconds * 1_000).toISOString();
const toTime = (height: number) => toText(toSeconds(height));
const hash = `\\x${'00'.repeat(32)}`;

function drawJob(draw: Draw, index: number, facts: Facts): void {
  const id = `${networkId}:j${index}`;
  const isOdd = (one: number) => draw(one) === 0;
  const tasks = isOdd(12) ? draw(3) : 1;
  const born = 1 + draw(4);
  const places = new Set<string>();
  /** Never two at one place; now and then many in one block or one log. */
  const toPlace = (wanted: number) => {
    for (let height = wanted; ; height++) {
      const place = { height, log_index: index * 10 + draw(4), part: draw(2) };
      const key = JSON.stringify(place);
      if (places.has(key)) continue;
      places.add(key);
      return { ...place, chain_id: chainId, time: toTime(height), tx_hash: hash };
    }
  };
  const toTask = () => `${id}-${isOdd(12) ? 1 : 0}`;
  facts.job.push({
    ...{
      id,
      network_id: networkId,
      chain_id: chainId,
      native_id: `j${index}`,
      status: 'running',
      volume: tasks,
      height: born,
    },
    ...{
      attributes: {},
      tasks_completed: 0,
      tasks_failed: 0,
      time: toTime(born),
      buyer: isOdd(5) ? null : `b${draw(3)}`,
    },
    deadline: isOdd(2) ? null : toText(toSeconds(draw(60)) + (isOdd(3) ? 0.25 : 0)),
    ...(isOdd(3) ? { price: null, price_scale: null } : { price: draw(1_000), price_scale: isOdd(2) ? 18 : null }),
  });
  for (let position = 0; position < tasks; position++) {
    facts.task.push({
      ...{
        id: `${id}-${position}`,
        job_id: id,
        network_id: networkId,
        chain_id: chainId,
        native_id: `${position}`,
        position,
      },
      ...{ status: 'running', attempts: 0, height: isOdd(15) ? born + draw(8) : born },
    });
  }
  const step = (height: number, kind: string) => {
    const isGiven = kind === 'created' || kind === 'assigned';
    facts.job_step.push({
      ...{ ...toPlace(height), job_id: id, kind, task_id: isGiven ? null : isOdd(8) ? null : toTask() },
      provider_id: isGiven && !isOdd(3) ? `${networkId}:p${isOdd(12) ? 1 : 0}` : null,
      node_id: kind === 'attempted' && !isOdd(5) ? `${networkId}:n${draw(5)}` : null,
    });
  };
  let height = born;
  for (const kind of ['created', 'assigned', 'attempted', 'started', isOdd(4) ? 'failed' : 'completed']) {
    height += draw(3) * draw(6);
    if (!isOdd(12)) step(height, kind);
  }
  if (isOdd(4)) step(born + draw(50), stepKinds[draw(stepKinds.length)] ?? 'started');
  for (let payment = draw(4); payment > 0; payment--) {
    const role = ['provider', 'fee', 'worker', 'bonus'][draw(4)];
    facts.payout.push({
      ...{
        ...toPlace(isOdd(2) ? height : born + draw(50)),
        network_id: networkId,
        job_id: id,
        token: 'TOK',
        amount: draw(1_000),
      },
      ...{
        task_id: isOdd(6) ? null : toTask(),
        role,
        for_work: role === 'provider' || role === 'worker',
        provider_id: null,
      },
    });
  }
  if (!isOdd(15)) return;
  facts.stake_change.push({
    ...{
      ...toPlace(born + draw(50)),
      network_id: networkId,
      task_id: toTask(),
      account: 'a',
      kind: isOdd(3) ? 'locked' : 'slashed',
    },
    ...{ token: 'TOK', amount: 1, delta: -draw(2) },
  });
}

async function insert(client: pg.ClientBase, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}

/** What each node says of itself, from some block on. */
const machines = [
  ...[0, 1, 2].map((node) => ({ node, height_from: 1, gpu_model: ['H100', null, 'Own 9'][node], gpu_count: node })),
  { node: 0, height_from: 12, gpu_model: '8x A100', gpu_count: 8 },
  { node: 3, height_from: 20, gpu_model: 'RTX 4090', gpu_count: null },
].map(({ node, ...row }) => ({
  ...row,
  node_id: `${networkId}:n${node}`,
  chain_id: chainId,
  region: `r${node}`,
  terms: {},
}));

describe('jobs of the plain shape', () => {
  it.each([1, 2, 3, 4])('are told by sets as each is told by itself (seed %i)', async (seed) => {
    const { pool, close } = await openStore();
    const client = await pool.connect();
    try {
      const draw = createDraw(seed);
      const facts: Facts = { job: [], task: [], job_step: [], payout: [], stake_change: [] };
      for (let index = 0; index < 4_000; index++) drawJob(draw, index, facts);
      for (const [table, rows] of Object.entries(facts)) await insert(client, table, rows);
      await insert(
        client,
        'node',
        [0, 1, 2, 3, 4].map((node) => ({
          ...{
            id: `${networkId}:n${node}`,
            network_id: networkId,
            chain_id: chainId,
            native_id: `n${node}`,
            height: 1,
          },
          ...{ time: toTime(1), terms: {} },
        })),
      );
      await insert(client, 'node_version', machines);
      await client.query('begin');
      const head = { height: HEAD, time: new Date(toSeconds(HEAD) * 1_000), hour: Math.floor(toSeconds(HEAD) / 3_600) };
      const context: RollContext = {
        ...{ client, network: network.definition, manifest: network.manifest, head, hours: [], isRebuild: true },
      };
      const dump = async () => {
        const { rows } = await client.query<{ row: string }>(
          `select row_to_json(t)::text as row from task_outcome t
           union all select row_to_json(t)::text from task_running t order by row`,
        );
        await client.query('delete from task_outcome; delete from task_running');
        return rows.map(({ row }) => row);
      };
      const others: string[] = [];
      for await (const lot of writePlainJobs(context)) others.push(...lot);
      const plain = await dump();
      await rollOutcomes(context);
      const bySets = await dump();
      const jobIds = facts.job.map(({ id }) => String(id));
      const folded = (await loadJobFacts(client, jobIds, { height: HEAD })).map((job) => foldJob(job, toSeconds(HEAD)));
      await writeJobRows(context, outcomeTable, { jobIds, rows: folded.flatMap(({ outcomes }) => outcomes) });
      await writeJobRows(context, runningTable, { jobIds, rows: folded.flatMap(({ running }) => running) });
      const byItself = await dump();
      const known = new Set(byItself);
      expect(bySets.filter((row) => !known.has(row)).slice(0, 3)).toEqual([]);
      expect(bySets.length).toBe(byItself.length);
      // Each job once, many of either sort.
      expect(plain.length + others.length).toBe(jobIds.length);
      expect(Math.min(plain.length, others.length)).toBeGreaterThan(500);
      await client.query('rollback');
    } finally {
      client.release();
      await close();
    }
  });
});
