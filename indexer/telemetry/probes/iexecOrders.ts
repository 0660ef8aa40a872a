import { AnswerError, findAddress, findWhole, getList, isObject, type JsonObject } from './answers.js';
import { keepBest } from './keepBest.js';
import {
  HALF_DAY_SECONDS,
  type PageOf,
  type ParsedAnswer,
  type PriceProbe,
  type ProbedPrice,
  type TargetRule,
} from './Probe.js';

/**
 * The public order book of iExec: what workerpools ask, and what requesters offer them, per task of a category. Source:
 * api/openapi.yaml of iExecBlockchainComputing/iexec-market-api.
 */
const common = {
  kind: 'prices',
  protocols: ['iexec'],
  maxWaitSeconds: HALF_DAY_SECONDS,
  intervalSeconds: 600,
  deadlineMs: 10_000,
  // An order takes about 1.2 kB.
  maxBytes: 512 * 1024,
  maxPages: 20,
  hasMore: (answer: unknown) => isObject(answer) && Array.isArray(answer.orders) && answer.orders.length >= PAGE_SIZE,
} as const;

const PAGE_SIZE = 100;

const targets: TargetRule = {
  kind: 'source',
  name: 'iexec-market',
  // Source: `iexecGateway` of networkConfigs in src/common/utils/config.js of iExecBlockchainComputing/iexec-sdk.
  toUrl: (chainId) => markets.get(chainId),
};

const markets: ReadonlyMap<number, string> = new Map([
  [42_161, 'https://api.market.arbitrum-mainnet.iex.ec'],
  [421_614, 'https://api-market.arbitrum-sepolia-testnet.iex.ec'],
  [134, 'https://api.market.v8-bellecour.iex.ec'],
]);

export const iexecAsks: PriceProbe = {
  ...common,
  id: 'iexec-asks',
  title: 'what workerpools ask for a task, of the order book',
  targets,
  toUrl: (base, page) => toOrdersUrl(base, 'workerpoolorders', page),
  parse: (pages) => parseOrders(pages, findAsk),
};

export const iexecBids: PriceProbe = {
  ...common,
  id: 'iexec-bids',
  title: 'what requesters offer for a task, of the order book',
  targets,
  toUrl: (base, page) => toOrdersUrl(base, 'requestorders', page),
  parse: (pages) => parseOrders(pages, findBid),
};

function toOrdersUrl(base: string, path: string, { chainId, index }: PageOf): string {
  return `${base.replace(/\/+$/, '')}/${path}?chainId=${chainId}&pageIndex=${index}&pageSize=${PAGE_SIZE}`;
}

type FoundOrder = ProbedPrice | 'restricted' | undefined;

/**
 * The best order of each workerpool and category, with how many orders and tasks stand behind it. An order may be listed
 * on two pages while the book moves: it counts once.
 */
function parseOrders(pages: readonly unknown[], find: (order: JsonObject) => FoundOrder): ParsedAnswer {
  const seen = new Set<string>();
  const prices: ProbedPrice[] = [];
  const open = new Map<string, { orders: number; tasks: bigint }>();
  let refused = 0;
  for (const entry of pages.flatMap((page) => getList(getAnswer(page), 'orders'))) {
    const hash = isObject(entry) && typeof entry.orderHash === 'string' ? entry.orderHash : undefined;
    const remaining = isObject(entry) ? findWhole(entry.remaining) : undefined;
    const found = isObject(entry) && isObject(entry.order) ? find(entry.order) : undefined;
    if (!hash || !/^0x[0-9a-fA-F]{64}$/.test(hash) || !remaining || !found) {
      refused += 1;
      continue;
    }
    if (found === 'restricted' || seen.has(hash)) continue;
    seen.add(hash);
    const key = toPlace(found);
    const known = open.get(key) ?? { orders: 0, tasks: 0n };
    open.set(key, { orders: known.orders + 1, tasks: known.tasks + remaining });
    prices.push(found);
  }
  const best = keepBest(prices).map((price) => ({
    ...price,
    attributes: { ...price.attributes, ...toTexts(open.get(toPlace(price)) ?? {}) },
  }));
  return { prices: best, refused };
}

/** `ok: false` comes with an error of the API's, which a good status may bear. */
function getAnswer(page: unknown): unknown {
  if (isObject(page) && page.ok === false) throw new AnswerError('Expected orders, got an error of the order book.');
  return page;
}

/** Orders for one application, data set or requester are nobody else's price. */
function findAsk(order: JsonObject): FoundOrder {
  const provider = findAddress(order.workerpool);
  const amount = findWhole(order.workerpoolprice);
  const what = findResource(order);
  if (!provider || amount === undefined || !what) return undefined;
  const restrictions = [order.apprestrict, order.datasetrestrict, order.requesterrestrict];
  if (restrictions.some((one) => findAddress(one) !== undefined && !isNobody(one))) return 'restricted';
  return { provider, basis: 'advertised', ...what, amount };
}

/** What a requester pays the workerpool at most, without what the application and the data cost. */
function findBid(order: JsonObject): FoundOrder {
  const amount = findWhole(order.workerpoolmaxprice);
  const what = findResource(order);
  if (amount === undefined || !what) return undefined;
  const provider = isNobody(order.workerpool) ? undefined : findAddress(order.workerpool);
  return { ...(provider ? { provider } : {}), basis: 'bid', ...what, amount };
}

/** A tag other than zero demands machines of a kind, such as a trusted execution environment: another good. */
function findResource(order: JsonObject): Pick<ProbedPrice, 'resource' | 'unit' | 'attributes'> | undefined {
  const [category, trust, tag] = [findWhole(order.category), findWhole(order.trust), findTag(order.tag)];
  if (category === undefined || category > 1_000_000n || trust === undefined || tag === undefined) return undefined;
  return {
    resource: `category ${category}${tag === '' ? '' : ` tag 0x${tag}`}`,
    unit: 'task',
    attributes: { category: String(category), trust: String(trust), ...(tag === '' ? {} : { tag: `0x${tag}` }) },
  };
}

/** Without its leading zeros. */
function findTag(tag: unknown): string | undefined {
  if (typeof tag !== 'string' || !/^0x[0-9a-fA-F]{64}$/.test(tag)) return undefined;
  return tag.slice(2).toLowerCase().replace(/^0+/, '');
}

function isNobody(address: unknown): boolean {
  return typeof address === 'string' && /^0x0{40}$/.test(address);
}

function toPlace({ provider, resource }: ProbedPrice): string {
  return `${provider ?? ''} ${resource}`;
}

function toTexts(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
