import type { Hex } from '../../schema/lib/hex.js';
import { decimals, phaseAggregators, phaseId, toPhaseKey } from '../../schema/prices/feedContracts.js';
import { type FeedDefinition, listFeeds, toFeedId } from '../../schema/prices/UsdSource.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { ContractRead } from '../events/ContractRead.js';
import type { Header } from '../events/logs.js';
import type { Lead } from './Lead.js';
import { HEAD_WINDOW } from './SyncOptions.js';

/**
 * The phases of the price feeds, asked of their proxies: those of Chainlink up to v0.6 log nothing when a phase begins.
 * What was found once is kept; where a phase begins is looked for in the chain's history, so that every indexer counts
 * the same answers. A node without that history leaves it open: the aggregator counts from the start then.
 */
export interface PhaseWatch {
  /** Now and then, before anything is fetched up to `head`. */
  look(head: Header): Promise<void>;
  /** After a reorg: what was learned above the common block is asked for anew. */
  forget(): void;
}

export function createPhaseWatch(lead: Lead): PhaseWatch {
  const { networks, runtime } = lead.options;
  const feeds = listFeedsOnce(networks);
  const seen = new Map<string, Learned | undefined>();
  let lookedAt = -Infinity;
  return {
    async look(head) {
      if (feeds.length === 0 || runtime.now() - lookedAt < LOOK_EVERY_MS) return;
      let isTold = true;
      for (const feed of feeds) isTold = (await lookAt(lead, { feed, head, seen })) && isTold;
      lookedAt = runtime.now() - (isTold ? 0 : LOOK_EVERY_MS - LOOK_AGAIN_MS);
    },
    forget() {
      seen.clear();
      lookedAt = -Infinity;
    },
  };
}

/** A new phase is rare; until it is seen the last answer of the old one holds, and that for an hour at least. */
const LOOK_EVERY_MS = 3_600_000;
/** After no node could tell: one that has the state may be there soon. */
const LOOK_AGAIN_MS = 60_000;

function listFeedsOnce(networks: readonly Network[]): readonly FeedDefinition[] {
  const feeds = networks.flatMap(({ definition }) => listFeeds(definition));
  return [...new Map(feeds.map((feed) => [toFeedId(feed), feed])).values()];
}

interface Look {
  readonly feed: FeedDefinition;
  readonly head: Header;
  /** What is known by now and is not kept yet; undefined: it is, or there is nothing to keep. */
  readonly seen: Map<string, Learned | undefined>;
}

/** False: no node could tell all of it. */
async function lookAt(lead: Lead, { feed, head, seen }: Look): Promise<boolean> {
  const feedId = toFeedId(feed);
  const last = await readPhase(lead, feed, head);
  let isTold = last !== undefined;
  for (let phase = 1; phase <= Math.min(last ?? 0, MAX_PHASES); phase += 1) {
    const key = toPhaseKey(feedId, phase);
    if (!seen.has(key)) {
      const kept = await findKept(lead, key);
      const found = kept ?? (await learn(lead, { feed, head, phase }));
      if (found === UNTOLD) {
        isTold = false;
        continue;
      }
      seen.set(key, kept ? undefined : found);
      if (!kept && found) tellOfGap(lead, { feed, phase, found });
      if (found) lead.interpreter.contracts.addLearned({ ...found, feedId, phase });
    }
    // A reorg may still move one that is near the head.
    const found = seen.get(key);
    if (!found || found.height > head.height - HEAD_WINDOW) continue;
    lead.learned.set(key, found);
    seen.set(key, undefined);
  }
  return isTold;
}

/** Blocks that are written already lack the answers of an aggregator that nobody knew then. */
function tellOfGap(
  { options, interpreter, cursor }: Lead,
  { feed, phase, found }: { readonly feed: FeedDefinition; readonly phase: number; readonly found: Learned },
): void {
  const { log, chainId } = options;
  const isKnown = interpreter.contracts.findHeight(found.address) !== undefined;
  if (isKnown || !cursor || found.height > cursor.height) return;
  log.warn(
    { chainId, feed: feed.pair, phase, aggregator: found.address },
    `The feed ${feed.pair} began phase ${phase} at block ${found.height}, which is written already: its answers count from block ${cursor.height + 1} on. \`computescan resync --chain ${chainId} --from ${found.height}\` brings in the others.`,
  );
}

/** A proxy counts in 16 bits and has had a dozen at most. */
const MAX_PHASES = 1_000;

interface Learned {
  readonly address: Hex;
  readonly height: number;
}

async function findKept({ options }: Lead, key: string): Promise<Learned | undefined> {
  return (await options.store.findReads([key])).get(key) as Learned | undefined;
}

async function learn(
  lead: Lead,
  { feed, head, phase }: { readonly feed: FeedDefinition; readonly head: Header; readonly phase: number },
): Promise<Learned | typeof UNTOLD | undefined> {
  const { log, chainId } = lead.options;
  const aggregator = await read(lead, head, { address: feed.proxy, signature: phaseAggregators, args: [phase] });
  if (aggregator === UNTOLD) return UNTOLD;
  if (typeof aggregator !== 'string' || /^0x0*$/.test(aggregator)) return undefined;
  const address = aggregator.toLowerCase() as Hex;
  const digits = await read(lead, head, { address, signature: decimals, args: [] });
  if (digits === UNTOLD) return UNTOLD;
  if (Number(digits) !== feed.decimals) {
    log.warn(
      { chainId, feed: feed.pair, phase, aggregator: address },
      `Expected answers of ${feed.decimals} decimals from phase ${phase} of ${feed.pair}, got ${digits}: they are left out.`,
    );
    return undefined;
  }
  return { address, height: await findStart(lead, { feed, head, phase }) };
}

/** The first block at which the proxy stands in this phase or a later one, from the networks' first one on. */
async function findStart(
  lead: Lead,
  { feed, head, phase }: { readonly feed: FeedDefinition; readonly head: Header; readonly phase: number },
): Promise<number> {
  let [low, high] = [lead.startHeight, head.height];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [header] = await lead.options.source.listHeaders([middle]);
    const at = header && (await readPhase(lead, feed, header));
    if (at === undefined) return lead.startHeight;
    if (at >= phase) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Zero: nothing stands there, or no proxy; undefined: no node has that block's state. */
async function readPhase(lead: Lead, { proxy }: FeedDefinition, block: Header): Promise<number | undefined> {
  const call = { address: proxy.toLowerCase() as Hex, signature: phaseId, args: [] };
  const asked = toRead(block, call);
  const answers = await lead.options.source.read([asked]);
  return answers.has(asked.key) ? Number(answers.get(asked.key) ?? 0) : undefined;
}

type Call = Pick<ContractRead, 'address' | 'signature' | 'args'>;

/** `UNTOLD`: no node has that block's state, which says nothing of what the contract would answer. */
async function read(lead: Lead, block: Header, call: { address: string } & Omit<Call, 'address'>): Promise<unknown> {
  const asked = toRead(block, { ...call, address: call.address.toLowerCase() as Hex });
  const answers = await lead.options.source.read([asked]);
  return answers.has(asked.key) ? answers.get(asked.key) : UNTOLD;
}

const UNTOLD = Symbol('no node could tell');

function toRead({ hash, height }: Header, call: Call): ContractRead {
  return { ...call, key: 'feed', blockHash: hash, height, immutable: false };
}
