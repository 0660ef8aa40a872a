import type pg from 'pg';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import type { Random } from '../simulation/createRandom.js';
import { makeBatch, makeBeat } from './makeBatches.js';

const DELEGATIONS = 40;
const BEATS = 10;

/** As many senders do: each sends its batches one after the other, and each until it is acknowledged. */
export interface Feeder {
  /** Acknowledged so far. */
  readonly acked: number;
  /** What senders heard, but for the first time that a batch was said to be written; `no answer` is nothing. */
  readonly answers: ReadonlyMap<string, number>;
  /** Sends no new ones; resolves when all that were begun are acknowledged. */
  stop(): Promise<void>;
  /** Compares what is stored with what was acknowledged. */
  check(pool: pg.Pool): Promise<Findings>;
}

export interface Findings {
  readonly acked: number;
  /** Acknowledged batches with a row missing, or whose slots are not up. */
  readonly lost: number;
  /** Batches with more rows than beats. */
  readonly doubled: number;
}

/**
 * `publish` gives the outcome; anything else, and undefined, is sent again. So is one in ten whose answer was good: as if
 * it had been lost on its way.
 */
export function createFeeder(
  publish: (batch: AcceptedBatch) => Promise<string | undefined>,
  options: { readonly firstSlot: number; readonly random: Random; readonly retryMs?: number },
): Feeder {
  const { firstSlot, random, retryMs = 20 } = options;
  const acked: AcceptedBatch[] = [];
  const answers = new Map<string, number>();
  let stopped = false;

  async function send(delegationKey: number): Promise<void> {
    for (let counter = 1; !stopped; counter += 1) {
      const batch = toBatch({ delegationKey, counter, firstSlot });
      let isAcked = false;
      for (let isDone = false; !isDone; ) {
        const answer = (await publish(batch)) ?? 'no answer';
        if (answer !== 'written') answers.set(answer, (answers.get(answer) ?? 0) + 1);
        const isGood = answer === 'written' || answer === 'duplicate';
        if (isGood && !isAcked) acked.push(batch);
        isAcked ||= isGood;
        isDone = isGood && !random.chance(0.1);
        if (!isGood) await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }
  const senders = Promise.all(Array.from({ length: DELEGATIONS }, (_, index) => send(index + 1)));
  return {
    get acked() {
      return acked.length;
    },
    answers,
    async stop() {
      stopped = true;
      await senders;
    },
    check: (pool) => check(pool, acked),
  };
}

/** Two hours of minutes, then the same ones again. */
function toBatch(given: { readonly delegationKey: number; readonly counter: number; readonly firstSlot: number }) {
  const { delegationKey, counter, firstSlot } = given;
  const slot = firstSlot + (counter % 120);
  const beats = Array.from({ length: BEATS }, (_, index) =>
    makeBeat({ nodeKey: delegationKey * BEATS + index, slot, rttUs: counter }),
  );
  return makeBatch({ delegationKey, counter, beats });
}

async function check(pool: pg.Pool, acked: readonly AcceptedBatch[]): Promise<Findings> {
  const { rows } = await pool.query<{ key: string; beats: number; different: number }>(
    `select delegation_key || ' ' || counter as key, count(*) as beats, count(distinct node_key) as different
     from heartbeat group by delegation_key, counter`,
  );
  const stored = new Map(rows.map((row) => [row.key, row]));
  const noted = await pool.query<{ key: string }>(`select delegation_key || ' ' || counter as key from beat_batch`);
  const known = new Set(noted.rows.map(({ key }) => key));
  const hours = await pool.query<{ node_key: number; hour: number; up: string }>(
    'select node_key, hour, up::text from node_hour_open',
  );
  const up = new Map(hours.rows.map((row) => [`${row.node_key} ${row.hour}`, BigInt(row.up)]));
  const isUp = (nodeKey: number, slot: number) =>
    (((up.get(`${nodeKey} ${Math.floor(slot / 60)}`) ?? 0n) >> BigInt(slot % 60)) & 1n) === 1n;
  const isStored = ({ delegationKey, counter, beats }: AcceptedBatch) => {
    const key = `${delegationKey} ${counter}`;
    return (
      known.has(key) &&
      stored.get(key)?.different === beats.length &&
      beats.every(({ nodeKey, slot }) => isUp(nodeKey, slot))
    );
  };
  return {
    acked: acked.length,
    lost: acked.filter((batch) => !isStored(batch)).length,
    doubled: rows.filter(({ key, beats }) => beats > BEATS || !known.has(key)).length,
  };
}
