import type pg from 'pg';
import { rollOutcomes } from '../../indexer/metrics/jobs/rollOutcomes.js';
import { type RollContext, toFound } from '../../indexer/metrics/roll/RollStep.js';
import type { Network } from '../../schema/protocols/protocols.js';

/** The step that derives outcomes by itself, in turns like the roller's. */
export interface OutcomeRoller {
  /** Marks every hour in which an event lies from a height on, as the writer does when it writes or takes back. */
  mark(fromHeight: number): Promise<void>;
  /** Rolls these of the marked hours, or all, and those since the last turn. Returns the hours that the step asks for. */
  roll(take?: (hour: number) => boolean): Promise<readonly number[]>;
  /** Everything from nothing. */
  rebuild(): Promise<readonly number[]>;
  /** Every outcome, and every task that runs, as a line of JSON. */
  dump(): Promise<readonly string[]>;
}

export function createOutcomeRoller(pool: pg.Pool, { definition, manifest }: Network): OutcomeRoller {
  const marked = new Set<number>();
  const networkId = definition.id;

  async function readHead(client: pg.ClientBase): Promise<RollContext['head'] | undefined> {
    const { rows } = await client.query<{ height: number | null; time: Date }>(
      'select height, block_time as time from chain where chain_id = $1',
      [definition.chainId],
    );
    const [row] = rows;
    return row?.height == null ? undefined : { height: row.height, time: row.time, hour: toHour(row.time) };
  }

  async function turn(work: (client: pg.PoolClient, head: RollContext['head']) => Promise<readonly number[]>) {
    const client = await pool.connect();
    try {
      await client.query('begin isolation level repeatable read');
      const head = await readHead(client);
      const more = head ? await work(client, head) : [];
      await client.query(
        `insert into metric_progress (network_id, rolled_time, rolled_height, method_digest) values ($1, $2, $3, '')
         on conflict (network_id) do update set rolled_time = excluded.rolled_time, rolled_height = excluded.rolled_height`,
        [networkId, head?.time, head?.height],
      );
      await client.query('commit');
      return more;
    } finally {
      client.release();
    }
  }

  return {
    async mark(fromHeight) {
      const { rows } = await pool.query<{ time: Date }>(
        'select distinct time from event where network_id = $1 and height >= $2',
        [networkId, fromHeight],
      );
      for (const { time } of rows) marked.add(toHour(time));
    },
    roll: (take = () => true) =>
      turn(async (client, head) => {
        const { rows } = await client.query<{ time: Date | null }>(
          'select rolled_time as time from metric_progress where network_id = $1',
          [networkId],
        );
        const from = Math.min(rows[0]?.time ? toHour(rows[0].time) : head.hour, head.hour);
        const hours = [...marked].filter((hour) => take(hour) && hour <= head.hour);
        for (const hour of hours) marked.delete(hour);
        for (let hour = from; hour <= head.hour; hour++) hours.push(hour);
        const due = [...new Set(hours)].sort((one, other) => one - other);
        const context = { client, network: definition, manifest, head, hours: due, isRebuild: false };
        return toFound(await rollOutcomes(context)).hours;
      }),
    rebuild: () =>
      turn(async (client, head) => {
        await client.query('delete from task_outcome where network_id = $1', [networkId]);
        await client.query('delete from task_running where network_id = $1', [networkId]);
        const context = { client, network: definition, manifest, head, hours: [], isRebuild: true };
        return toFound(await rollOutcomes(context)).hours;
      }),
    async dump() {
      const { rows } = await pool.query('select * from task_outcome order by job_id, task_id, part');
      const { rows: running } = await pool.query('select * from task_running order by job_id, task_id');
      return [...rows, ...running].map((row) => JSON.stringify(row));
    },
  };
}

export function toHour(time: Date): number {
  return Math.floor(time.getTime() / HOUR_MS);
}

const HOUR_MS = 3_600_000;
