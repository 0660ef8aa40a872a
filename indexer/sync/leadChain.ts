import type { Hex } from '../../schema/lib/hex.js';
import { createContracts } from '../decode/createContracts.js';
import { createDecoder } from '../decode/createDecoder.js';
import type { Header } from '../events/logs.js';
import type { BlockKey, Cursor, Lease, Phase } from '../writer/Store.js';
import { backfill } from './backfill.js';
import { toFinalHeight } from './finality.js';
import { findAncestor } from './findAncestor.js';
import { findBranch } from './findBranch.js';
import { followHead } from './followHead.js';
import type { Lead } from './Lead.js';
import { createPhaseWatch, type PhaseWatch } from './learnPhases.js';
import { HEAD_WINDOW, type SyncOptions } from './SyncOptions.js';

/** done: a recording, or the height it was to end at, is written; halted: the chain needs a person. */
export type Ending = 'done' | 'halted' | 'aborted';

/** Writes a chain for as long as the lease holds: the past in ranges, then block by block at the head, healing reorgs. */
export async function leadChain(options: SyncOptions, lease: Lease, signal: AbortSignal): Promise<Ending> {
  const { source, store, settings, runtime, chainId, networks } = options;
  const contracts = createContracts(networks);
  const lead: Lead = {
    options,
    lease,
    interpreter: { contracts, decode: createDecoder(contracts), source, store, turn: runtime.turn },
    signal,
    startHeight: Math.min(...networks.flatMap(({ definition }) => definition.contracts.map((one) => one.startBlock))),
    learned: new Map(),
    cursor: undefined,
  };
  store.forget();
  lead.cursor = await store.findCursor();
  const watch = createWatch(lead, await store.findFinalHeight());
  const phases = createPhaseWatch(lead);
  for (const contract of await store.listContracts()) contracts.add(contract);
  options.report?.({ kind: 'begun', chainId, startHeight: lead.startHeight, height: lead.cursor?.height });
  const heads = createAlarm((ring) => source.watchHeads(ring));
  try {
    while (!signal.aborted) {
      const before = lead.cursor?.height ?? -1;
      const outcome = await step(lead, watch, phases);
      if (outcome === 'done' || outcome === 'halted') return outcome;
      if ((lead.cursor?.height ?? -1) < before) phases.forget();
      if (outcome === 'idle') await heads.wait(settings.pollMs, runtime.sleep, signal);
    }
    return 'aborted';
  } finally {
    heads.stop();
  }
}

type Outcome = 'advanced' | 'idle' | 'done' | 'halted';

async function step(lead: Lead, watch: Watch, phases: PhaseWatch): Promise<Outcome> {
  const { settings, networks } = lead.options;
  const recorded = networks.every(({ definition }) => definition.recorded);
  const head = await watch.look();
  await phases.look(head);
  const target = Math.min(head.height, settings.until ?? head.height);
  if (lead.cursor && settings.until !== undefined && lead.cursor.height >= settings.until) return 'done';
  const window = recorded || settings.until !== undefined ? 0 : HEAD_WINDOW;
  const next = lead.cursor ? lead.cursor.height + 1 : lead.startHeight;
  if (target - window >= next) {
    if (lead.cursor && !(await isCanonical(lead, lead.cursor))) return healFarBehind(lead, watch, lead.cursor);
    await watch.enter('backfill');
    await backfill(lead, { to: target - window, onBatch: watch.lookNowAndThen });
    return 'advanced';
  }
  if (recorded) {
    await watch.enter('complete');
    return 'done';
  }
  const outcome = await follow(lead, watch, head);
  if (outcome === 'halted' || lead.cursor?.height !== head.height) return outcome;
  // What has come since is announced, or seen at the next look; only after a long way here one is due already.
  const isFresh = watch.isFresh();
  await watch.enter('live');
  return isFresh ? 'idle' : outcome;
}

async function isCanonical({ options }: Lead, cursor: Cursor): Promise<boolean> {
  const [header] = await options.source.listHeaders([cursor.height]);
  // A node that does not have the block lags, which the head it named will show.
  return header === undefined || header.hash === cursor.hash;
}

/** While nobody looked the chain moved on by more than the head's window, and not from where it was left. */
async function healFarBehind(lead: Lead, watch: Watch, cursor: Cursor): Promise<Outcome> {
  const ancestor = await findAncestor(lead.options.source, lead.options.store, cursor.height);
  return heal(lead, watch, ancestor);
}

async function follow(lead: Lead, watch: Watch, head: Header): Promise<Outcome> {
  const { source, store } = lead.options;
  if (!lead.cursor) return begin(lead, head);
  if (head.hash === lead.cursor.hash) return watch.agree('idle');
  const branch = await findBranch({ source, store, head, cursor: lead.cursor });
  // A node that lags shows the branch that was just left, and what was taken back would be written again.
  const isLeft = 'headers' in branch && branch.headers.some(({ hash }) => watch.left.has(hash));
  switch (branch.kind) {
    case 'ours':
      return watch.agree('idle');
    case 'extends':
      if (isLeft && !watch.isLasting()) return 'idle';
      await followHead(lead, branch.headers);
      return watch.agree('advanced');
    case 'forks':
    case 'unrelated':
      // One node's word against what another one said a moment ago: a chain that grew beyond ours is believed at once.
      if ((isLeft || head.height <= lead.cursor.height) && !watch.isLasting()) return 'idle';
      return heal(lead, watch, branch.kind === 'forks' ? branch.ancestor : undefined);
  }
}

/** A chain whose networks begin within the head's window: nothing is stored yet that its blocks could follow. */
async function begin(lead: Lead, head: Header): Promise<Outcome> {
  if (head.height < lead.startHeight) return 'idle';
  const heights = Array.from({ length: head.height - lead.startHeight + 1 }, (_, index) => lead.startHeight + index);
  const headers = await lead.options.source.listHeaders(heights);
  const isLinked = headers.every((header, at) => at === 0 || header.parentHash === headers[at - 1]?.hash);
  // The chain changed between two answers; it is asked again.
  if (headers.length !== heights.length || !isLinked) return 'idle';
  await followHead(lead, headers);
  return 'advanced';
}

async function heal(lead: Lead, watch: Watch, ancestor: BlockKey | undefined): Promise<Outcome> {
  const { store, log, chainId, report } = lead.options;
  const { cursor } = lead;
  if (!cursor) return 'idle';
  const final = Math.min(watch.finalHeight ?? -1, cursor.height);
  if (ancestor ? ancestor.height < final : await holdsFinal(lead, final)) {
    const reason = ancestor
      ? `The chain was reorganised down to block ${ancestor.height}, below block ${final}, which was final. Nothing was taken back. When the node is right, \`computescan resync --chain ${chainId} --from ${ancestor.height + 1}\` begins anew from there.`
      : `No block of the source at or below ${cursor.height} is one of ours: its history was replaced. Point RPC_URLS at the same chain, or start anew with --reset.`;
    log.error({ chainId }, reason);
    await watch.enter('halted', reason);
    return 'halted';
  }
  const height = ancestor?.height;
  const stored = await store.listBlocks({ below: cursor.height + 1, limit: HEAD_WINDOW });
  const taken = stored.filter((block) => block.height > (height ?? -1)).map(({ hash }) => hash);
  store.forget();
  lead.cursor = await store.rollBack(lead.lease, { from: cursor, height });
  // What was written as one range goes as one, so the cursor may stand below the common block.
  const kept = lead.cursor?.height;
  lead.interpreter.contracts.dropAbove(kept ?? -1);
  watch.leave(taken);
  report?.({ kind: 'reorg', chainId, from: cursor.height, height: height ?? lead.startHeight - 1 });
  log.info(
    { chainId, from: cursor.height, common: height, to: kept },
    'The chain was reorganised; rolled back to the common block.',
  );
  return 'advanced';
}

/** Whether a block is stored that may not be taken back. */
async function holdsFinal({ options }: Lead, final: number): Promise<boolean> {
  return (await options.store.listBlocks({ below: final + 1, limit: 1 })).length > 0;
}

interface Watch {
  /** The head now, noted for readers. */
  look(): Promise<Header>;
  /** The same between batches, but no oftener than readers need. */
  lookNowAndThen(): Promise<void>;
  enter(phase: Phase, reason?: string): Promise<void>;
  /** Up to here nothing may be taken back, as the chain was when it last agreed with what is stored. */
  readonly finalHeight: number | undefined;
  /**
   * What is stored has been followed up to the head that was seen, or holds it: what that head makes final is so for us,
   * too. Before that it is not: what lies between may come from another branch.
   */
  agree(outcome: Outcome): Outcome;
  /** The branch that was seen is the one that is followed now; these blocks are of the one that was ours. */
  leave(taken: readonly Hex[]): void;
  /** Blocks of the branch that was left last. */
  readonly left: ReadonlySet<Hex>;
  /** Whether the last look was less than the time between two looks ago. */
  isFresh(): boolean;
  /** Whether looks in a row have shown another branch than ours, without one that showed ours. */
  isLasting(): boolean;
}

/** So many looks in a row must show a branch that is no higher than ours before it is taken for the chain. */
const LOOKS_TO_BELIEVE = 3;
const FINALITY_EVERY_MS = 3_000;
const RECORD_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 10_000;

function createWatch(lead: Lead, finalBefore: number | undefined): Watch {
  const { source, store, settings, runtime, report, chainId } = lead.options;
  let phase: Phase | undefined;
  let finalHeight = finalBefore;
  let finalOfHead = finalBefore;
  let tags: { readonly safe?: number | undefined; readonly finalized?: number | undefined } = {};
  let [tagsAt, recordedAt, lookedAt] = [-Infinity, -Infinity, -Infinity];
  let strangeLooks = 0;
  let left: ReadonlySet<Hex> = new Set();

  async function look(): Promise<Header> {
    const head = await source.getHead();
    const now = runtime.now();
    lookedAt = now;
    // Far from the head nothing becomes final for us, so there is nothing to ask.
    const written = lead.cursor?.height ?? lead.startHeight;
    if (head.height - written <= HEAD_WINDOW && now - tagsAt >= FINALITY_EVERY_MS) {
      tags = await source.getFinality();
      tagsAt = now;
    }
    finalOfHead = toFinalHeight({
      headHeight: head.height,
      tag: tags.finalized,
      depth: settings.finalityDepth,
      before: finalHeight,
    });
    if (now - recordedAt >= RECORD_EVERY_MS) {
      const record = { head, safeHeight: tags.safe, finalizedHeight: finalHeight };
      await store.recordHead(lead.lease, record);
      report?.({ kind: 'head', chainId, ...record });
      recordedAt = now;
    }
    return head;
  }

  return {
    look,
    async lookNowAndThen() {
      if (runtime.now() - lookedAt >= LOOK_EVERY_MS) await look();
    },
    async enter(next, reason) {
      if (next === phase) return;
      phase = next;
      await store.recordPhase(lead.lease, next, reason);
      report?.({ kind: 'phase', chainId, phase: next, reason });
    },
    get finalHeight() {
      return finalHeight;
    },
    leave(taken) {
      strangeLooks = 0;
      left = new Set(taken);
    },
    get left() {
      return left;
    },
    agree(outcome) {
      strangeLooks = 0;
      finalHeight = finalOfHead;
      return outcome;
    },
    isFresh: () => runtime.now() - lookedAt < settings.pollMs,
    isLasting() {
      strangeLooks += 1;
      return strangeLooks >= LOOKS_TO_BELIEVE;
    },
  };
}

interface Alarm {
  /** Until it rings, or so long at most. */
  wait(ms: number, sleep: (ms: number, signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void>;
  stop(): void;
}

function createAlarm(watch: (ring: () => void) => { stop(): void }): Alarm {
  let rung = false;
  let wake: (() => void) | undefined;
  const { stop } = watch(() => {
    rung = true;
    wake?.();
  });
  return {
    async wait(ms, sleep, signal) {
      const ending = new AbortController();
      const end = () => ending.abort();
      signal.addEventListener('abort', end, { once: true });
      wake = end;
      if (!rung && !signal.aborted) await sleep(ms, ending.signal);
      signal.removeEventListener('abort', end);
      rung = false;
      wake = undefined;
    },
    stop,
  };
}
