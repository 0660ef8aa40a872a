import type { Candidate, SettledPrice } from '../../../schema/metrics/formulas/rank/Candidate.js';
import type { Context } from '../../createContext.js';
import type { Generation } from '../../database/createGenerations.js';
import { createPricing, describeUnit, findTerms, getMarket, type KnownPrice, type Pricing } from './createPricing.js';
import { listOnline } from './listOnline.js';
import {
  type AskRow,
  listAsks,
  listBids,
  listMachines,
  listRecords,
  listTrades,
  type MachineRow,
  type MarketRow,
  type RecordRow,
  type Scope,
  type TradeRow,
} from './rankQueries.js';
import { type KnownMachine, toMachines } from './toMachines.js';

export interface KnownTrade extends SettledPrice {
  readonly price: KnownPrice;
}

/** A candidate with what is shown of it. */
export interface KnownCandidate extends Candidate {
  readonly networkId: string;
  readonly machines: readonly KnownMachine[];
  readonly settled: readonly KnownTrade[];
  /** Its trades decide nothing where all of its machines have an ask: then they were not read. */
  readonly hasTrades: boolean;
  /** To it, and to any provider of its network. */
  readonly bids: readonly KnownTrade[];
  readonly record: RecordRow;
}

const SECONDS_PER_DAY = 86_400;

interface Moment {
  readonly networks: string;
  readonly candidates: readonly KnownCandidate[];
}

/** Of each shared snapshot the candidates that were loaded last: buyers who ask for different workloads at once ask about the same ones. */
const moments = new WeakMap<Generation, Moment>();

/**
 * All that providers of these markets are ranked and compared by, in a handful of statements however many they are. Some providers come with
 * their trades; of all of them only those do whose price may hang on them.
 */
export async function loadCandidates(
  context: Context,
  markets: readonly MarketRow[],
  providers: readonly string[] | null,
): Promise<readonly KnownCandidate[]> {
  const generation = context.database.getGeneration();
  if (providers !== null || context.asOf !== null || !generation) return load(context, markets, providers);
  const networks = JSON.stringify(markets.map(({ id }) => id));
  const known = moments.get(generation);
  if (known?.networks === networks) return known.candidates;
  const candidates = await load(context, markets, null);
  moments.set(generation, { networks, candidates });
  return candidates;
}

async function load(
  context: Context,
  markets: readonly MarketRow[],
  providers: readonly string[] | null,
): Promise<readonly KnownCandidate[]> {
  const { database, now, asOf } = context;
  const scope: Scope = { networks: markets.map(({ id }) => id), providers };
  if (scope.networks.length === 0) return [];
  const [records, machines, asks, bids] = await Promise.all([
    listRecords(database, scope, Math.floor(now.getTime() / 1_000 / SECONDS_PER_DAY)),
    listMachines(database, scope, { isPast: asOf !== null }),
    listAsks(database, scope, now),
    listBids(database, scope, now),
  ]);
  const online = await listOnline(context, { records, machines });
  const pricing = await createPricing(context, markets, { asks, trades: bids });
  const [ofAsks, ofMachines] = [
    groupBy(asks, ({ providerId }) => providerId),
    groupBy(machines, ({ providerId }) => providerId),
  ];
  // Those to any provider of a network are the same for a thousand of them.
  const byTaker = groupBy(bids, ({ providerId, networkId }) => providerId ?? networkId);
  const ofBids = new Map([...byTaker].map(([id, rows]) => [id, priceTrades(pricing, rows)]));
  const heard = findHeardNetworks(machines, online);
  // Spelled out, here and in `toCandidate`: a spread takes several times as long, and there are thousands.
  const candidates = records.map((record) => {
    const { id, networkId } = record;
    const market = getMarket(markets, networkId);
    const isHeard = heard.has(networkId);
    const [own, asked] = [ofMachines.get(id) ?? [], ofAsks.get(id) ?? []];
    const bidden = joinLists(ofBids.get(id), ofBids.get(networkId));
    return toCandidate({ id, record, market, isHeard, machines: own, asks: asked, bids: bidden, online, pricing });
  });
  const needsTrades = ({ machines: own }: KnownCandidate) =>
    providers !== null || own.some(({ ask }) => !ask || ask.inToken === 0n);
  return addTrades(context, { markets, candidates, needsTrades });
}

/** The same with the trades of some, in their order. */
export async function addTrades(
  context: Context,
  given: {
    readonly markets: readonly MarketRow[];
    readonly candidates: readonly KnownCandidate[];
    readonly needsTrades?: (candidate: KnownCandidate) => boolean;
  },
): Promise<readonly KnownCandidate[]> {
  const { markets, candidates, needsTrades = () => true } = given;
  const needed = new Set(candidates.filter((one) => !one.hasTrades && needsTrades(one)).map(({ id }) => id));
  if (needed.size === 0) return candidates;
  const rows = await listTrades(context.database, [...needed], context.now);
  const ofProvider = groupBy(rows, ({ providerId }) => providerId ?? '');
  const pricing = await createPricing(context, markets, { trades: rows });
  return candidates.map((candidate) => {
    if (!needed.has(candidate.id)) return candidate;
    const own = ofProvider.get(candidate.id) ?? [];
    const others = listOtherUnits(own, () => null);
    const otherUnits = [...new Set([...candidate.otherUnits, ...others])];
    return { ...candidate, otherUnits, settled: priceTrades(pricing, own), hasTrades: true };
  });
}

function priceTrades(pricing: Pricing, rows: readonly TradeRow[]): readonly KnownTrade[] {
  return rows.flatMap((row) => {
    const price = pricing.ofTrade(row);
    return price ? [{ machine: row.nodeId, price, trades: row.n }] : [];
  });
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
  readonly id: string;
  readonly record: RecordRow;
  readonly market: MarketRow;
  readonly isHeard: boolean;
  readonly machines: readonly MachineRow[];
  readonly asks: readonly AskRow[];
  readonly bids: readonly KnownTrade[];
  readonly online: ReadonlyMap<string, boolean>;
  readonly pricing: Pricing;
}

function toCandidate(parts: Parts): KnownCandidate {
  const { id, record, market, isHeard } = parts;
  const gpus = new Map(parts.machines.map((machine) => [machine.id, machine.gpuCount]));
  return {
    id,
    networkId: record.networkId,
    record,
    isHeard,
    isHistory: market.isHistory,
    isActive: record.active,
    notRecorded: toNotRecorded(market),
    machines: toMachines(parts),
    otherUnits: listOtherUnits(parts.asks, ({ nodeId }) => gpus.get(nodeId ?? '') ?? null),
    settled: [],
    hasTrades: false,
    bids: parts.bids,
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

function toNotRecorded({ capabilities }: MarketRow): Candidate['notRecorded'] {
  const toReason = (name: 'nodes' | 'price' | 'jobs') =>
    typeof capabilities[name] === 'string' ? { [name]: capabilities[name] } : {};
  return { ...toReason('nodes'), ...toReason('price'), ...toReason('jobs') };
}

/** Mostly there is one of them, which needs no copy. */
function joinLists<Item>(one: readonly Item[] = [], other: readonly Item[] = []): readonly Item[] {
  if (one.length === 0) return other;
  return other.length === 0 ? one : [...one, ...other];
}

/** What is priced by something else than the GPU-hour, in words. */
function listOtherUnits<Row extends AskRow | TradeRow>(
  rows: readonly Row[],
  findGpus: (row: Row) => number | null,
): readonly string[] {
  const others = rows.filter((row) => findTerms(row, row.gpuCount ?? findGpus(row)) === undefined);
  if (others.length === 0) return [];
  return [...new Set(others.map(({ unit }) => describeUnit(unit)))];
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
