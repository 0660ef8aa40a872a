import { findImplausible } from '../../../schema/hardware/findImplausible.js';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import { toNominalVram } from '../../../schema/hardware/toNominalVram.js';
import { divideHalfEven, ONE, tenTo } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type {
  Candidate,
  GpuHourPrice,
  Machine,
  SettledPrice,
} from '../../../schema/metrics/formulas/rank/Candidate.js';
import type { Context } from '../../createContext.js';
import { listHeard } from '../heartbeat/heard.js';
import type { FactPlace } from '../usd/usdQueries.js';
import { createRates, type FindRate, type Rate } from './createRates.js';
import {
  type AskRow,
  listAsks,
  listMachines,
  listRecords,
  listTrades,
  type MachineRow,
  type MarketRow,
  type RecordRow,
  type Scope,
  type TradeRow,
} from './rankQueries.js';

/** A price of a GPU-hour with where it comes from. */
export interface KnownPrice extends GpuHourPrice {
  /** When it was named, or last seen. */
  readonly at: Date;
  readonly isProbed: boolean;
  readonly usdReason: Rate['reason'];
}

export interface KnownMachine extends Machine {
  readonly ask: KnownPrice | null;
}

export interface KnownTrade extends SettledPrice {
  readonly price: KnownPrice;
}

/** A candidate with what is shown of it. */
export interface KnownCandidate extends Candidate {
  readonly networkId: string;
  readonly machines: readonly KnownMachine[];
  readonly settled: readonly KnownTrade[];
  /** To it, and to any provider of its network. */
  readonly bids: readonly KnownTrade[];
  readonly record: RecordRow;
}

const SECONDS_PER_DAY = 86_400;

/** All that providers of these markets are ranked and compared by, in a handful of statements however many they are. */
export async function loadCandidates(
  context: Context,
  markets: readonly MarketRow[],
  providers: readonly string[] | null,
): Promise<readonly KnownCandidate[]> {
  const { database, now, asOf } = context;
  const scope: Scope = { networks: markets.map(({ id }) => id), providers };
  if (scope.networks.length === 0) return [];
  const [records, machines, asks] = await Promise.all([
    listRecords(database, scope, Math.floor(now.getTime() / 1_000 / SECONDS_PER_DAY)),
    listMachines(database, scope, { isPast: asOf !== null }),
    listAsks(database, scope, now),
  ]);
  const ids = records.map(({ id }) => id);
  const [trades, online] = await Promise.all([
    ids.length === 0 ? [] : listTrades(database, { networks: scope.networks, ids }, now),
    listOnline(context, { records, machines }),
  ]);
  const price = createPricing(context, markets);
  const [ofAsks, ofMachines, ofTrades] = [
    groupBy(asks, ({ providerId }) => providerId),
    groupBy(machines, ({ providerId }) => providerId),
    groupBy(trades, ({ providerId, networkId }) => providerId ?? networkId),
  ];
  const heard = findHeardNetworks(machines, online);
  return Promise.all(
    records.map((record) =>
      toCandidate({
        ...{ record, price, online },
        market: getMarket(markets, record.networkId),
        isHeard: heard.has(record.networkId),
        machines: ofMachines.get(record.id) ?? [],
        asks: ofAsks.get(record.id) ?? [],
        trades: [...(ofTrades.get(record.id) ?? []), ...(ofTrades.get(record.networkId) ?? [])],
      }),
    ),
  );
}

/** By machine, and by provider where it has none, whether it is heard now; absent: nothing is known, as of any past. */
async function listOnline(
  context: Context,
  { records, machines }: { readonly records: readonly RecordRow[]; readonly machines: readonly MachineRow[] },
): Promise<ReadonlyMap<string, boolean>> {
  const owners = new Set(machines.map(({ providerId }) => providerId));
  const subjects = [
    ...machines.filter(({ active }) => active !== false).map(({ id }) => ({ kind: 'node', id }) as const),
    ...records.filter(({ id }) => !owners.has(id)).map(({ id }) => ({ kind: 'provider', id }) as const),
  ];
  const found = await Promise.all(
    subjects.map(async (subject) => [subject.id, await listHeard(subject, context)] as const),
  );
  return new Map(
    found.flatMap(([id, heard]): (readonly [string, boolean])[] => {
      if (heard.some(({ online }) => online === true)) return [[id, true]];
      return heard.some(({ online }) => online === false) ? [[id, false]] : [];
    }),
  );
}

/** Networks at least half of whose machines on offer are heard: only there silence tells something (`PRC-03`). */
function findHeardNetworks(machines: readonly MachineRow[], online: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const offered = groupBy(
    machines.filter(({ active }) => active !== false),
    ({ networkId }) => networkId,
  );
  const isHeard = (own: readonly MachineRow[]) => 2 * own.filter(({ id }) => online.has(id)).length >= own.length;
  return new Set([...offered].filter(([, own]) => isHeard(own)).map(([id]) => id));
}

interface Parts {
  readonly record: RecordRow;
  readonly market: MarketRow;
  readonly isHeard: boolean;
  readonly machines: readonly MachineRow[];
  readonly asks: readonly AskRow[];
  readonly trades: readonly TradeRow[];
  readonly online: ReadonlyMap<string, boolean>;
  readonly price: Pricing;
}

async function toCandidate(parts: Parts): Promise<KnownCandidate> {
  const { record, market, isHeard, trades, price } = parts;
  const priced = await Promise.all(trades.map(async (row) => ({ row, known: await price.ofTrade(row) })));
  const listOf = (basis: TradeRow['basis']) =>
    priced.flatMap(({ row, known }) =>
      known && row.basis === basis ? [{ machine: row.nodeId, price: known, trades: row.n }] : [],
    );
  const { capabilities } = market;
  const toReason = (name: 'nodes' | 'price' | 'jobs') =>
    typeof capabilities[name] === 'string' ? { [name]: capabilities[name] } : {};
  return {
    ...{ id: record.id, networkId: record.networkId, record, isHeard, isHistory: market.isHistory },
    isActive: record.active,
    notRecorded: { ...toReason('nodes'), ...toReason('price'), ...toReason('jobs') },
    machines: await toMachines(parts),
    otherUnits: listOtherUnits(parts),
    settled: listOf('settled'),
    bids: listOf('bid'),
    success: {
      attempts: Number(record.attempts ?? 0),
      succeeded: Number(record.succeeded ?? 0),
      scoreLower: record.scoreJobSuccess,
      evidence: record.evidence,
    },
    availability: record.lower,
    score: record.score,
  };
}

/** Its machines on offer, each with the ask for it; and what it asks for beside them. One that has neither may have anything. */
async function toMachines({ record, machines, asks, online, price }: Parts): Promise<readonly KnownMachine[]> {
  const offered = machines.filter(({ active }) => active !== false);
  const own = await Promise.all(
    offered.map(async (row) => {
      const [ask] = await price.ofAsks(
        asks.filter(({ nodeId }) => nodeId === row.id),
        row.gpuCount,
      );
      return toMachine(row, { ask: ask ?? null, isOnline: online.get(row.id) ?? null });
    }),
  );
  const isOnline = online.get(record.id) ?? (own.length === 0 ? null : own.some((machine) => machine.isOnline));
  const names = new Set(machines.map(({ id }) => id));
  const loose = await Promise.all(
    asks
      .filter(({ nodeId }) => nodeId === null || !names.has(nodeId))
      .map(async (row) => {
        const [ask] = await price.ofAsks([row], row.gpuCount);
        const hardware = { gpuModel: row.gpuModel, gpuCount: row.gpuCount, vramMb: null };
        return ask ? [toMachine({ id: row.nodeId, region: null, busy: null, ...hardware }, { ask, isOnline })] : [];
      }),
  );
  const all = [...own, ...loose.flat()];
  if (all.length > 0 || machines.length > 0) return all;
  const nothing = { id: null, region: null, busy: null, gpuModel: null, gpuCount: null, vramMb: null };
  return [toMachine(nothing, { ask: null, isOnline })];
}

function toMachine(
  row: Pick<MachineRow, 'region' | 'gpuModel' | 'gpuCount' | 'vramMb' | 'busy'> & { readonly id: string | null },
  { ask, isOnline }: { readonly ask: KnownPrice | null; readonly isOnline: boolean | null },
): KnownMachine {
  const { id, region, busy: isBusy, gpuCount: gpus } = row;
  return { ...judgeClaim(row), id, region, isBusy, gpus, ask, isOnline };
}

type Claim = Pick<MachineRow, 'gpuModel' | 'gpuCount' | 'vramMb'>;
type Judged = Pick<Machine, 'model' | 'vramMib' | 'isPlausible'>;

/** Machines are many, and what they claim are the same few things in the same few ways. */
function judgeClaim(claim: Claim): Judged {
  const key = JSON.stringify([claim.gpuModel, claim.gpuCount, claim.vramMb]);
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

/** What is priced by something else, in words. */
function listOtherUnits({ asks, trades, machines }: Parts): readonly string[] {
  const gpus = new Map(machines.map(({ id, gpuCount }) => [id, gpuCount]));
  const others = [...asks, ...trades].filter(
    (row) => findTerms(row, row.gpuCount ?? gpus.get(row.nodeId ?? '') ?? null) === undefined,
  );
  return [...new Set(others.map(({ unit }) => (unit in SECONDS_PER_UNIT ? 'machine-hour' : unit)))];
}

interface Pricing {
  /** The cheapest per GPU-hour first; those by other units left out. */
  ofAsks(rows: readonly AskRow[], gpus: number | null): Promise<readonly KnownPrice[]>;
  ofTrade(row: TradeRow): Promise<KnownPrice | undefined>;
}

/** What is asked is worth what its token is now; what was agreed on, what it was then. */
function createPricing(context: Context, markets: readonly MarketRow[]): Pricing {
  const findRate = createRates(context);
  return {
    async ofAsks(rows, gpus) {
      const priced = await Promise.all(
        rows.map((row) =>
          toKnown(row, {
            ...{ findRate, context },
            gpus,
            place: toHead(getMarket(markets, row.networkId), context.now),
          }),
        ),
      );
      return priced
        .flatMap((known) => known ?? [])
        .sort((one, other) => (one.inToken < other.inToken ? -1 : one.inToken > other.inToken ? 1 : 0));
    },
    ofTrade(row) {
      const { chainId } = getMarket(markets, row.networkId);
      const place = { chainId, height: row.height, logIndex: MAX_LOG, at: row.at };
      return toKnown({ ...row, isProbed: false }, { findRate, context, gpus: row.gpuCount, place });
    },
  };
}

/** Behind the last log of any block. */
const MAX_LOG = 2 ** 31 - 1;

function toHead({ chainId, height, at }: MarketRow, now: Date): FactPlace {
  return { chainId, height: height ?? 0, logIndex: MAX_LOG, at: at ?? now };
}

type Named = Pick<AskRow, 'unit' | 'resource' | 'token' | 'amount' | 'scale' | 'at' | 'isProbed'>;

async function toKnown(
  row: Named,
  given: {
    readonly findRate: FindRate;
    readonly context: Context;
    readonly gpus: number | null;
    readonly place: FactPlace;
  },
): Promise<KnownPrice | undefined> {
  const { findRate, context, gpus, place } = given;
  const terms = findTerms(row, gpus);
  const token = terms && (await context.loaders.token.load(row.token));
  if (!terms || !token) return undefined;
  const rate = await findRate(row.token, place);
  const inToken = divideHalfEven(
    BigInt(row.amount) * terms.times * ONE,
    tenTo(row.scale ?? token.decimals) * terms.per,
  );
  const usd = rate.usd === null ? null : divideHalfEven(inToken * rate.usd, ONE);
  return { token: row.token, inToken, usd, usdReason: rate.reason, at: row.at, isProbed: row.isProbed };
}

const SECONDS_PER_UNIT: Readonly<Record<string, bigint>> = { second: 3_600n, hour: 1n };

/** As roll-ups of prices take it: a price of `gpu` is for one, another one by time for all GPUs of its machine. Undefined: for no GPU-hour. */
function findTerms(
  { unit, resource }: Pick<AskRow, 'unit' | 'resource'>,
  gpus: number | null,
): { readonly times: bigint; readonly per: bigint } | undefined {
  const times = SECONDS_PER_UNIT[unit];
  if (times === undefined) return undefined;
  if (resource === 'gpu') return { times, per: 1n };
  return gpus !== null && gpus > 0 ? { times, per: BigInt(gpus) } : undefined;
}

function getMarket(markets: readonly MarketRow[], id: string): MarketRow {
  const market = markets.find((one) => one.id === id);
  if (!market) throw new Error(`Assertion failed: a market for ${id}`);
  return market;
}

export function groupBy<Item>(
  items: readonly Item[],
  toKey: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = toKey(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
