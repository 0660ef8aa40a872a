import type { RpcAnswer, RpcCall, Transport } from '../../indexer/source/rpc/Transport.js';
import { TransportError } from '../../indexer/source/rpc/TransportError.js';
import { answerCall, type NodeTraits, refuse, type View } from './answerCall.js';
import type { Random } from './createRandom.js';
import type { Trace } from './createTrace.js';
import type { VirtualClock } from './createVirtualClock.js';
import { type Block, isAncestor, type World } from './createWorld.js';
import { type LieKind, tellLie } from './lies.js';

/** What may go wrong at a node that means well, and how often: of one request. */
export const mishaps = ['network', 'slow', 'rateLimited', 'refused', 'html', 'stale', 'otherFork', 'clog'] as const;
export type Mishap = (typeof mishaps)[number];

export interface NodePlan {
  readonly url: string;
  readonly role: 'sync' | 'head' | 'fallback' | undefined;
  readonly traits: NodeTraits;
  readonly mishaps: Readonly<Record<Mishap, number>>;
  /** Of one answer; none for an honest node. */
  readonly lies: Readonly<Partial<Record<LieKind, number>>>;
  readonly latencyMs: readonly [least: number, most: number];
  readonly announcesHeads: boolean;
  readonly forgetsBranches: boolean;
  /** Whose blocks it serves; another world's for an endpoint of a wrong chain. */
  readonly world: World;
}

export interface NodeOptions {
  readonly plan: NodePlan;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly trace: Trace;
  /** Whether mishaps still happen, and whether lies are still told. */
  readonly isTroubled: () => boolean;
  readonly isLying: () => boolean;
  readonly count: (counter: string) => void;
}

/** An endpoint on a wire of its own: late, absent, behind, on another branch, or lying. */
export function createNode(options: NodeOptions): () => Transport {
  const { plan, clock, random, trace, isTroubled, isLying, count } = options;
  const { world, traits } = plan;
  const published = listPublished(world);
  let cloggedUntil = 0;

  function findChange(atMs: number): number {
    let at = world.changes.length - 1;
    while (at >= 0 && (world.changes[at]?.atMs ?? 0) > atMs) at -= 1;
    return at;
  }

  const tipAt = (change: number) => world.changes[change]?.tip ?? world.start;

  function see(): View {
    const now = findChange(clock.now());
    let tip = tipAt(now);
    if (isTroubled() && random.chance(plan.mishaps.stale)) {
      count('staleHead');
      tip = tipAt(Math.max(-1, now - random.between(1, 3)));
    }
    if (isTroubled() && random.chance(plan.mishaps.otherFork)) {
      const left = lastTips(now).filter((other) => !isAncestor(other, tip));
      if (left.length > 0) {
        count('otherFork');
        tip = random.pick(left) as Block;
      }
    }
    return { tip, findBlock: (hash) => findBlock(hash, tip) };
  }

  function lastTips(now: number): readonly Block[] {
    return Array.from({ length: RECENT }, (_, back) => tipAt(Math.max(-1, now - 1 - back)));
  }

  function findBlock(hash: `0x${string}`, tip: Block): Block | undefined {
    const block = world.blocks.get(hash);
    if (!block || (published.get(block) ?? Number.POSITIVE_INFINITY) > clock.now()) return undefined;
    // What lies beyond its own head a node that lags has not seen.
    if (block.height > tip.height && !isAncestor(tip, block)) return plan.forgetsBranches ? undefined : block;
    return block.height <= tip.height && (!plan.forgetsBranches || isAncestor(block, tip)) ? block : undefined;
  }

  function answer(call: RpcCall, view: View): RpcAnswer {
    const honest = answerCall(call, view, traits);
    if (!isLying()) return honest;
    for (const [kind, rate] of Object.entries(plan.lies) as [LieKind, number][]) {
      if (!random.chance(rate)) continue;
      const lie = tellLie(kind, honest, { call, random, others: [view.tip, ...lastTips(findChange(clock.now()))] });
      if (!lie) continue;
      count(`lie:${kind}`);
      trace.note(`${clock.now()} ${plan.url} lies ${kind}`);
      return lie;
    }
    return honest;
  }

  async function send(calls: readonly RpcCall[], deadlineMs: number, signal: AbortSignal | undefined) {
    const { mishaps } = plan;
    const hits = (mishap: Mishap) => isTroubled() && random.chance(mishaps[mishap]);
    const [least, most] = plan.latencyMs;
    if (hits('clog')) {
      cloggedUntil = Math.max(cloggedUntil, clock.now() + random.between(500, 60_000));
      count('clog');
    }
    const clogMs = isTroubled() ? Math.max(0, cloggedUntil - clock.now()) : 0;
    const tookMs = random.between(least, most) + clogMs + (hits('slow') ? random.between(2_000, 40_000) : 0);
    await clock.sleep(Math.min(tookMs, deadlineMs), signal);
    if (signal?.aborted) throw new TransportError('aborted', `Gave up a request to ${plan.url}.`);
    if (tookMs > deadlineMs) throw new TransportError('timeout', `No answer of ${plan.url} in ${deadlineMs} ms.`);
    if (hits('network')) throw new TransportError('network', `${plan.url}: ECONNRESET`);
    if (hits('rateLimited'))
      throw new TransportError('rateLimited', `${plan.url}: HTTP 429`, random.chance(0.5) ? 2_000 : undefined);
    if (hits('refused')) throw new TransportError('refused', `${plan.url}: HTTP 502`);
    if (hits('html')) throw new TransportError('malformed', `${plan.url}: expected JSON-RPC, got HTML.`);
    if (calls.length > traits.maxBatch) {
      const refusal = refuse(-32_600, 'batch too large');
      return { answers: calls.map(() => refusal), bytes: 100, refusedWhole: true };
    }
    const view = see();
    const answers = calls.map((call) => answer(call, view));
    trace.note(`${clock.now()} ${plan.url} ${calls.map(describe).join()} at ${view.tip.hash.slice(0, 10)}`);
    return { answers, bytes: answers.reduce((sum, one) => sum + toBytes(one), 0) };
  }

  function subscribe(onHead: (header: unknown) => void, onEnd: (reason: string) => void): () => void {
    let cancel = () => undefined as unknown;
    let isOver = false;
    const next = (change: number): void => {
      const following = world.changes[change];
      if (!following || isOver) return;
      cancel = clock.schedule(following.atMs - clock.now() + random.between(...plan.latencyMs), () => {
        if (isOver) return;
        if (isTroubled() && random.chance(plan.mishaps.network)) {
          isOver = true;
          count('subscriptionBroken');
          return onEnd('closed');
        }
        onHead(following.tip.header);
        next(change + 1);
      });
    };
    next(findChange(clock.now()) + 1);
    return () => {
      isOver = true;
      cancel();
    };
  }

  return () => {
    const closing = new AbortController();
    return {
      async send(calls, { deadlineMs, signal }) {
        const ending = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
        try {
          return await send(calls, deadlineMs, ending);
        } catch (thrown) {
          throw closing.signal.aborted ? new TransportError('network', `${plan.url}: closed`) : thrown;
        }
      },
      ...(plan.announcesHeads ? { subscribeHeads: subscribe } : {}),
      async close() {
        closing.abort();
      },
    };
  };
}

/** How far back a node's other back-ends may stand. */
const RECENT = 8;

/** When each block was first to be seen. */
function listPublished(world: World): ReadonlyMap<Block, number> {
  const published = new Map<Block, number>();
  const publish = (tip: Block, atMs: number) => {
    for (let block: Block | undefined = tip; block && !published.has(block); block = block.parent)
      published.set(block, atMs);
  };
  publish(world.start, Number.NEGATIVE_INFINITY);
  for (const { tip, atMs } of world.changes) publish(tip, atMs);
  return published;
}

function describe({ method, params }: RpcCall): string {
  const [first] = params;
  return `${method}(${typeof first === 'string' ? first.slice(0, 10) : (JSON.stringify(first) ?? '').slice(0, 60)})`;
}

function toBytes(answer: RpcAnswer): number {
  return answer.kind === 'result' && Array.isArray(answer.value) ? 100 + 600 * answer.value.length : 1_500;
}
