import { weightedMedianPrice } from '../../../schema/metrics/formulas/price/averagePrices.js';
import { toFixedText, toFixedTextOrNull } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import { toPriceBuckets } from '../../../schema/metrics/formulas/price/toPriceBuckets.js';
import { groupBy, type KnownCandidate } from '../rank/loadCandidates.js';
import type { KnownMachine } from '../rank/toMachines.js';
import type { AskBook, AsksOfHardware } from './AskBook.js';

interface PricedMachine {
  readonly hardware: string;
  readonly price: bigint;
  readonly gpus: number;
  readonly isBusy: boolean | null;
  readonly at: Date;
}

/** What the machines of a network are asked for, of one class of hardware or of all. */
export function toAskBook(candidates: readonly KnownCandidate[], hardware: string | null): AskBook {
  const machines = candidates
    .filter(({ isActive, isHistory }) => isActive !== false && !isHistory)
    .flatMap(({ machines: own, isHeard }) => own.map((machine) => ({ machine, isHeard })))
    .filter(({ machine }) => hardware === null || toClass(machine) === hardware);
  const asked = machines.filter(({ machine: { ask } }) => ask && ask.inToken > 0n);
  const there = asked.filter(({ machine: { isOnline }, isHeard }) => isOnline ?? !isHeard);
  const priced = there.flatMap(({ machine }) => toPriced(machine) ?? []);
  const summary = toSummary(priced);
  return {
    ...{ asks: priced.length, gpus: countGpus(priced) },
    freeGpus: countGpus(priced.filter(({ isBusy }) => isBusy === false)),
    ...{ floor: toFixedTextOrNull(summary.floor), median: toFixedTextOrNull(summary.median) },
    ...{ notThere: asked.length - there.length, withoutUsd: there.length - priced.length },
    withoutAsk: machines.length - asked.length,
    buckets: toPriceBuckets(priced).map(({ from, to, ...counts }) => ({
      ...counts,
      ...{ from: toFixedText(from), to: toFixedText(to) },
    })),
    byHardware: listByHardware(priced),
    at: priced.reduce<Date | null>((newest, { at }) => (newest === null || at > newest ? at : newest), null),
  };
}

const UNKNOWN = 'unknown';

function toClass({ model }: KnownMachine): string {
  return model ?? UNKNOWN;
}

/** A machine whose GPUs nobody counts has one ask for one GPU-hour, by which there is one at least. */
function toPriced(machine: KnownMachine): PricedMachine | null {
  const { ask, gpus, isBusy } = machine;
  if (!ask || ask.usd === null || ask.usd <= 0n) return null;
  return { hardware: toClass(machine), price: ask.usd, gpus: gpus && gpus > 0 ? gpus : 1, isBusy, at: ask.at };
}

function countGpus(machines: readonly PricedMachine[]): number {
  return machines.reduce((sum, { gpus }) => sum + gpus, 0);
}

interface Summary {
  readonly floor: bigint | null;
  readonly median: bigint | null;
  readonly highest: bigint | null;
}

function toSummary(machines: readonly PricedMachine[]): Summary {
  const prices = machines.map(({ price }) => price).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const trades = machines.map(({ price, gpus }) => ({ price, quantity: BigInt(gpus) }));
  return { floor: prices[0] ?? null, median: weightedMedianPrice(trades), highest: prices.at(-1) ?? null };
}

function listByHardware(machines: readonly PricedMachine[]): readonly AsksOfHardware[] {
  const rows = [...groupBy(machines, ({ hardware }) => hardware)].flatMap(([hardware, own]) => {
    const { floor, median, highest } = toSummary(own);
    if (floor === null || median === null || highest === null) return [];
    return [
      {
        ...{ hardware: hardware === UNKNOWN ? null : hardware, asks: own.length, gpus: countGpus(own) },
        ...{ floor: toFixedText(floor), median: toFixedText(median), highest: toFixedText(highest) },
      },
    ];
  });
  return rows.sort((one, other) => other.gpus - one.gpus || ((one.hardware ?? '~') < (other.hardware ?? '~') ? -1 : 1));
}
