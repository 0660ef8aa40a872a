import { findImplausible } from '../../../schema/hardware/findImplausible.js';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import { toNominalVram } from '../../../schema/hardware/toNominalVram.js';
import type { Machine } from '../../../schema/metrics/formulas/rank/Candidate.js';
import type { KnownPrice, Pricing } from './createPricing.js';
import type { AskRow, MachineRow } from './rankQueries.js';

export interface KnownMachine extends Machine {
  readonly ask: KnownPrice | null;
}

export interface MachineParts {
  /** Of one provider, as are the others. */
  readonly id: string;
  readonly machines: readonly MachineRow[];
  readonly asks: readonly AskRow[];
  /** Whether machines and providers are heard, by id. */
  readonly online: ReadonlyMap<string, boolean>;
  readonly pricing: Pricing;
}

/** Machines on offer, each with the ask for it; and what is asked for beside them. One who has neither may have anything. */
export function toMachines(parts: MachineParts): readonly KnownMachine[] {
  const { id, machines, asks, online, pricing } = parts;
  const offered = machines.filter(({ active }) => active !== false);
  const own = offered.map((row) => {
    const prices = asks.filter(({ nodeId }) => nodeId === row.id).map((ask) => pricing.ofAsk(ask, row.gpuCount));
    return toMachine(row, { ask: findCheapest(prices), isOnline: online.get(row.id) ?? null });
  });
  const isOnline = online.get(id) ?? (own.length === 0 ? null : own.some((machine) => machine.isOnline));
  const names = new Set(machines.map((machine) => machine.id));
  const loose = asks
    .filter(({ nodeId }) => nodeId === null || !names.has(nodeId))
    .flatMap((row) => {
      const ask = pricing.ofAsk(row, row.gpuCount) ?? null;
      return ask ? [toMachine({ ...unknown, ...row, id: row.nodeId }, { ask, isOnline })] : [];
    });
  const all = [...own, ...loose];
  return all.length > 0 || machines.length > 0 ? all : [toMachine(unknown, { ask: null, isOnline })];
}

function findCheapest(prices: readonly (KnownPrice | undefined)[]): KnownPrice | null {
  return prices.reduce<KnownPrice | null>(
    (least, price) => (price && (!least || price.inToken < least.inToken) ? price : least),
    null,
  );
}

const unknown = { id: null, region: null, busy: null, gpuModel: null, gpuCount: null, vramMb: null };

type Claimed = Pick<MachineRow, 'region' | 'gpuModel' | 'gpuCount' | 'vramMb' | 'busy'> & {
  readonly id: string | null;
};

function toMachine(
  row: Claimed,
  { ask, isOnline }: { readonly ask: KnownPrice | null; readonly isOnline: boolean | null },
): KnownMachine {
  const { id, busy: isBusy, gpuCount: gpus } = row;
  // Contracts that have a place for it let it be empty: then nobody knows where the machine stands.
  const region = row.region?.trim() || null;
  // Spelled out: a spread takes several times as long, and there are thousands.
  const { model, vramMib, isPlausible } = judgeClaim(row);
  return { model, vramMib, isPlausible, id, region, isBusy, gpus, ask, isOnline };
}

type Judged = Pick<Machine, 'model' | 'vramMib' | 'isPlausible'>;

/** Machines are many, and what they claim are the same few things in the same few ways. */
function judgeClaim(claim: Pick<MachineRow, 'gpuModel' | 'gpuCount' | 'vramMb'>): Judged {
  const key = `${claim.gpuCount} ${claim.vramMb} ${claim.gpuModel}`;
  const known = judged.get(key);
  if (known) return known;
  const { model } = matchGpu(claim.gpuModel ?? '');
  const speaksAgainst = findImplausible(claim).some((reason) => reason !== 'unknownModel');
  const found: Judged = {
    model: model?.id ?? null,
    vramMib: toNominalVram(model, claim.vramMb),
    isPlausible: speaksAgainst ? false : model ? true : null,
  };
  // Anybody may write any text: the memory stays small.
  if (judged.size >= MAX_CLAIMS) judged.clear();
  judged.set(key, found);
  return found;
}

const judged = new Map<string, Judged>();
const MAX_CLAIMS = 10_000;
