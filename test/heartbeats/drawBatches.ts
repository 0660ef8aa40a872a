import type { AcceptedBatch, AcceptedBeat } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import type { Random } from '../simulation/createRandom.js';

export interface DrawnBatches {
  readonly nodes: readonly number[];
  readonly observers: readonly number[];
  readonly fromHour: number;
  readonly hours: number;
}

const NODES_PER_BATCH = 10;

/**
 * What gateways accept in some hours, in the order of time: a batch of ten nodes each minute for every observer. Some beats are
 * missing, some late, and for some there is another one with other readings.
 */
export function drawBatches(random: Random, drawn: DrawnBatches): readonly AcceptedBatch[] {
  const { nodes, observers, fromHour, hours } = drawn;
  const batches: AcceptedBatch[] = [];
  for (let slot = fromHour * 60; slot < (fromHour + hours) * 60; slot += 1) {
    for (const observer of observers) {
      for (let from = 0; from < nodes.length; from += NODES_PER_BATCH) {
        const delegationKey = 1 + from / NODES_PER_BATCH + observer * 10_000;
        const minute = slot - fromHour * 60;
        const beats = nodes.slice(from, from + NODES_PER_BATCH).filter((_, index) => random.chance(0.99 - index / 50));
        const first = beats.map((nodeKey) => drawBeat(random, { nodeKey, slot }));
        const batch = { delegationKey, firstSlot: slot, lastSlot: slot, observer };
        if (first.length > 0) batches.push(toBatch({ ...batch, counter: 2 * minute + 1, beats: first }));
        const other = beats.filter(() => random.chance(0.003)).map((nodeKey) => drawBeat(random, { nodeKey, slot }));
        if (other.length > 0) batches.push(toBatch({ ...batch, counter: 2 * minute + 2, beats: other }));
      }
    }
  }
  return batches;
}

/** The same beats in a batch of its own. */
export function repeatBatch(batch: AcceptedBatch): AcceptedBatch {
  return toBatch({ ...batch, counter: batch.counter + 1_000_000 });
}

function toBatch(batch: Omit<AcceptedBatch, 'digest'>): AcceptedBatch {
  const digest = Buffer.alloc(16);
  digest.writeUInt32BE(batch.counter);
  return { ...batch, digest };
}

function drawBeat(random: Random, place: Pick<AcceptedBeat, 'nodeKey' | 'slot'>): AcceptedBeat {
  const late = random.chance(0.01);
  return {
    ...{ ...place, late, sentCs: 100, receivedCs: late ? 9_100 : 120 },
    digest: BigInt.asIntN(64, BigInt(random.hex(8))),
    rttUs: random.chance(0.98) ? random.between(500, 300_000) : undefined,
    utilPermille: random.chance(0.9) ? random.between(0, 1_000) : undefined,
    memoryPermille: random.chance(0.5) ? random.between(0, 1_000) : undefined,
    jobs: random.chance(0.5) ? random.between(0, 9) : undefined,
  };
}
