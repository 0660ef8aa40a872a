import { toAnchor } from '../../schema/heartbeat/anchor.js';
import { createSender, type Sender } from '../../schema/heartbeat/createSender.js';
import { type Session, SessionRefusedError } from '../../schema/heartbeat/createSession.js';
import type { Beat } from '../../schema/heartbeat/parseBatch.js';
import type {
  Post,
  SenderEvent,
  SenderOptions,
  SenderRuntime,
  SenderState,
} from '../../schema/heartbeat/SenderOptions.js';
import { SLOT_MS, slotStartMs, toSlot } from '../../schema/heartbeat/slots.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { listNodes } from '../computeMarket/lookups.js';
import { clone } from './conducts.js';
import type { BeatScript } from './createBeatScript.js';
import { type BeatSession, networkId } from './listBeatSessions.js';
import { toReadings } from './toReadings.js';

export interface BeatOptions {
  readonly script: BeatScript;
  readonly session: BeatSession;
  /** 1: the second one under the same key. */
  readonly machine: number;
  readonly post: Post;
  readonly clock: SenderRuntime;
  readonly signal: AbortSignal;
  readonly tell: (event: SenderEvent) => void;
}

/**
 * Beats for all nodes of a provider that are there by the script, a batch a slot, until the signal aborts or the last of them is
 * retired. A beat is a function of its slot: whoever starts again within a minute says the same once more, and no other thing.
 */
export async function beat(options: BeatOptions): Promise<void> {
  const { script, session, machine, clock, signal } = options;
  const lives = listNodes(session.provider).map((node) => script.getLife(node));
  const registered = Math.min(...lives.map(({ from }) => from));
  const first = machine === 0 ? registered : Math.max(registered, script.getCloneFrom(session.provider));
  const end = Math.max(...lives.map(({ to }) => to));
  await sleepUntil(options, slotStartMs(first));
  if (signal.aborted || toSlot(clock.wallTime().getTime()) >= end) return;
  const opened = await open(options);
  if (!opened) return;
  try {
    await beatOn(options, { ...opened, end });
  } finally {
    await opened.sender.close();
  }
}

interface Opened {
  readonly sender: Sender;
  /** When in its slot it sends. */
  readonly offsetMs: number;
}

async function beatOn(
  options: BeatOptions,
  { sender, offsetMs, end }: Opened & { readonly end: number },
): Promise<void> {
  const { script, session, clock, signal } = options;
  const { provider } = session;
  const failing = new AbortController();
  const stopped = AbortSignal.any([signal, failing.signal]);
  const sending = new Set<Promise<unknown>>();
  for (let slot = toOwnSlot(options); slot < end; slot += 1) {
    const aheadMs = script.getAheadMs(provider, slot) - script.getHoldMs(provider, slot);
    const startMs = slotStartMs(slot);
    await sleepUntil({ clock, signal: stopped }, startMs + offsetMs - aheadMs);
    if (stopped.aborted) break;
    // The machine slept, or its clock was put right: this minute is over.
    if (clock.wallTime().getTime() + aheadMs >= startMs + SLOT_MS) continue;
    const beats = listBeats(options, { slot, sentAt: startMs + offsetMs });
    if (beats.length === 0) continue;
    const sent: Promise<unknown> = sender.send(beats).finally(() => sending.delete(sent));
    sent.catch(() => failing.abort());
    sending.add(sent);
  }
  if (!failing.signal.aborted) return;
  await Promise.all(sending);
}

/** Of the nodes that are not silent; what becomes of the others is for the gateway to find. */
function listBeats(
  { script, session, machine }: BeatOptions,
  { slot, sentAt }: { readonly slot: number; readonly sentAt: number },
): Beat[] {
  const { seed } = script.origin;
  return listNodes(session.provider).flatMap((node, position) => {
    if (script.getFate(node, slot) === 'silent') return [];
    return [{ node: position, slot, sentAt, ...toReadings({ seed, node, slot, machine }) }];
  });
}

/** By the provider's own clock. */
function toOwnSlot({ script, session, clock }: BeatOptions): number {
  const now = clock.wallTime().getTime();
  const slot = toSlot(now);
  return toSlot(now + script.getAheadMs(session.provider, slot) - script.getHoldMs(session.provider, slot));
}

/** Undefined once the signal has aborted. Until the indexer knows the nodes, nobody may speak for them. */
async function open(options: BeatOptions): Promise<Opened | undefined> {
  const { machine, clock, signal } = options;
  while (!signal.aborted) {
    let past: SenderState | undefined;
    const save = async (state: SenderState) => {
      past = state;
    };
    const sender = createSender({ ...toSenderOptions(options), save });
    const close = () => void sender.close();
    signal.addEventListener('abort', close, { once: true });
    try {
      const session = await sender.open();
      if (!session) return undefined;
      const offsetMs = toOffsetMs(session, machine);
      if (machine === 0) return { sender, offsetMs };
      await sender.close();
      return { sender: createSender({ ...toSenderOptions(options), state: past && toOwnPast(past) }), offsetMs };
    } catch (thrown) {
      await sender.close();
      if (!(thrown instanceof SessionRefusedError)) throw thrown;
      await clock.sleep(askAgainMs, signal);
    } finally {
      signal.removeEventListener('abort', close);
    }
  }
  return undefined;
}

/** The second machine takes the past of the first for its own, and then some. */
function toOwnPast(past: SenderState): SenderState {
  return { ...past, counter: past.counter + clone.counterAhead };
}

const askAgainMs = 15_000;

/** As the gateway says; what comes later in the minute than that might miss it. */
function toOffsetMs({ offsets }: Session, machine: number): number {
  return Math.min(offsets[0] ?? 0, SLOT_MS - 2 * clone.delayMs) + machine * clone.delayMs;
}

function toSenderOptions({ script, session, post, clock, tell }: BeatOptions): SenderOptions {
  const { account, nodeIds: nodes, privateKey, validFrom, validTo, signature, provider } = session;
  const wallTime = () => {
    const now = clock.wallTime().getTime();
    return new Date(now + script.getAheadMs(provider, toSlot(now)));
  };
  return {
    ...{ network: networkId, anchor: toAnchor(getNetwork(networkId).definition), account, nodes, privateKey },
    ...{ grant: { validFrom, validTo, signature }, post, tell },
    runtime: { ...clock, wallTime },
  };
}

/** Unix ms. In pieces, for timers reach no further than 24 days. */
async function sleepUntil({ clock, signal }: Pick<BeatOptions, 'clock' | 'signal'>, atMs: number): Promise<void> {
  for (;;) {
    const restMs = atMs - clock.wallTime().getTime();
    if (restMs <= 0 || signal.aborted) return;
    await clock.sleep(Math.min(restMs, longestSleepMs), signal);
  }
}

/** Short enough to see soon that the machine has slept. */
const longestSleepMs = 60_000;
