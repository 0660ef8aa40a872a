import { createHttpPost, type HttpPost } from '../../schema/heartbeat/createHttpPost.js';
import { createSender, type Sender } from '../../schema/heartbeat/createSender.js';
import { SessionRefusedError } from '../../schema/heartbeat/createSession.js';
import type { Beat, BeatHardware } from '../../schema/heartbeat/parseBatch.js';
import type { SenderOptions, SenderRuntime, SenderState } from '../../schema/heartbeat/SenderOptions.js';
import { toPrivateKey } from '../../schema/heartbeat/sealBatch.js';
import { SLOTS_PER_HOUR, toSlot } from '../../schema/heartbeat/slots.js';
import { whenAborted } from '../whenAborted.js';
import { createTeller, toRttUs } from './createTeller.js';
import type { StateDir } from './openStateDir.js';
import type { Reading } from './parseNvidiaSmi.js';
import { toBeatTime } from './toBeatTime.js';

export interface AgentOptions extends Pick<SenderOptions, 'network' | 'anchor' | 'account' | 'nodes' | 'grant'> {
  readonly gateway: URL;
  readonly state: StateDir;
  /** Undefined: this machine's readings say nothing about the nodes. */
  readonly read?: () => Promise<Reading>;
  /** 0: none. */
  readonly statusMinutes: number;
  /** One beat, then the end. */
  readonly once: boolean;
  readonly say: (line: string) => void;
  readonly runtime: SenderRuntime;
  /** In place of connections to the gateway. */
  readonly http?: HttpPost;
}

/** Readings are begun so long before the beat; they take up to three seconds. */
const READ_AHEAD_MS = 4_000;
/** So long a start waits for the session. */
const BEGIN_MS = 5_000;
/** What waits has so long to be sent when the agent is stopped. */
const DRAIN_MS = 5_000;

/** Beats until the signal aborts, or once. True: nothing was refused or given up. */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<boolean> {
  const { nodes, state, say, runtime } = options;
  const teller = createTeller({ nodes, say, now: () => runtime.now() });
  const http = options.http ?? createHttpPost(options.gateway);
  const before = state.read(say);
  const sender = createSender({
    ...options,
    post: http.post,
    findBeacon: () => http.findBeacon(options.network),
    privateKey: toPrivateKey(state.seed),
    state: before,
    save: state.save,
    tell: teller.tell,
  });
  const ending = new AbortController();
  try {
    if (before && before.waiting.length > 0) say(`${toBatches(before.waiting.length)} waited for this start.`);
    const resumed = sender.resume();
    resumed.catch(() => undefined);
    await begin(sender, options, signal);
    const status = sayStatus(options, () => teller.status(sender.waiting()), ending.signal);
    if (options.once)
      await Promise.race([Promise.all([resumed, beatOnce(sender, options, before)]), whenAborted(signal)]);
    else await beatOn(sender, options, before, signal);
    await drain(sender, options);
    ending.abort();
    await status;
    return teller.lost() === 0;
  } finally {
    ending.abort();
    await sender.close();
    http.close();
  }
}

/** A moment for the session, whose offset says when to beat; without it beats begin all the same and wait for it. */
async function begin(sender: Sender, { once, runtime }: AgentOptions, signal: AbortSignal): Promise<void> {
  const opening = sender.open().catch((thrown: unknown) => {
    if (!(thrown instanceof SessionRefusedError) || once) throw thrown;
    return undefined;
  });
  opening.catch(() => undefined);
  const begun = new AbortController();
  await Promise.race([opening, runtime.sleep(BEGIN_MS, AbortSignal.any([signal, begun.signal]))]).finally(() =>
    begun.abort(),
  );
}

async function beatOn(
  sender: Sender,
  options: AgentOptions,
  before: SenderState | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { runtime } = options;
  const wall = () => runtime.wallTime().getTime();
  // Where the gateway has not said when, chance does.
  const ownOffsetMs = runtime.random() * 50_000;
  const toBeats = createBeats(options);
  let lastSlot = toLastSlot(options.nodes, before);
  while (!signal.aborted) {
    const offsetMs = sender.session()?.offsets[0] ?? ownOffsetMs;
    const atMs = toBeatTime({ wallMs: wall(), offsetMs, lastSlot, random: runtime.random() });
    // By the monotonic clock: one that is set back meanwhile must not prolong the wait.
    const dueMs = runtime.now() + atMs - wall();
    await runtime.sleep(Math.max(0, dueMs - READ_AHEAD_MS - runtime.now()), signal);
    const reading = options.read?.();
    await runtime.sleep(Math.max(0, dueMs - runtime.now()), signal);
    const read = await reading;
    // The clock was set back meanwhile, or the slot has its beat: look again when to beat.
    const slot = toSlot(wall());
    if (signal.aborted || wall() < atMs - 1_000 || slot === lastSlot) continue;
    lastSlot = slot;
    // Not waited for: the next one does not wait for this one.
    void sender.send(toBeats(read, { sentAt: wall(), sender }));
  }
}

async function beatOnce(sender: Sender, options: AgentOptions, before: SenderState | undefined): Promise<void> {
  const { runtime, say } = options;
  const reading = await options.read?.();
  const sentAt = runtime.wallTime().getTime();
  if (toLastSlot(options.nodes, before) === toSlot(sentAt)) return say('This minute has its beat already.');
  await sender.send(createBeats(options)(reading, { sentAt, sender }));
}

/** A beat for each node, with the hardware in the first one of a session and once an hour. */
export function createBeats({ nodes }: Pick<AgentOptions, 'nodes'>) {
  let told: { readonly delegation: string | undefined; readonly slot: number } | undefined;
  return (
    { utilPermille, memoryPermille, hardware }: Reading = {},
    { sentAt, sender }: { readonly sentAt: number; readonly sender?: Sender },
  ): readonly Beat[] => {
    const slot = toSlot(sentAt);
    const delegation = sender?.session()?.delegation;
    const isTold = told && told.delegation === delegation && slot - told.slot < SLOTS_PER_HOUR;
    let machine: BeatHardware | undefined;
    if (hardware && !isTold) {
      machine = hardware;
      told = { delegation, slot };
    }
    const said = { rttUs: toRttUs(sender?.rttMs()), utilPermille, memoryPermille, hardware: machine };
    return nodes.map((_, node) => ({ node, slot, sentAt, ...said }));
  };
}

/** The newest slot for which every node has a beat. */
function toLastSlot(nodes: readonly string[], before: SenderState | undefined): number | undefined {
  const isSame = before && nodes.every((node) => before.nodes.includes(node));
  const slots = isSame ? before.recent.filter((one) => one.nodes.length === before.nodes.length) : [];
  return slots.length > 0 ? Math.max(...slots.map(({ slot }) => slot)) : undefined;
}

async function sayStatus(
  { statusMinutes, runtime, once }: AgentOptions,
  say: () => void,
  signal: AbortSignal,
): Promise<void> {
  if (statusMinutes === 0 || once) return;
  for (;;) {
    await runtime.sleep(statusMinutes * 60_000, signal);
    if (signal.aborted) return;
    say();
  }
}

async function drain(sender: Sender, { runtime, say }: AgentOptions): Promise<void> {
  const untilMs = runtime.now() + DRAIN_MS;
  while (sender.waiting() > 0 && runtime.now() < untilMs) await runtime.sleep(20);
  const waiting = sender.waiting();
  if (waiting > 0)
    say(`${toBatches(waiting)} left in the state directory: a start within two minutes sends what is there.`);
}

function toBatches(count: number): string {
  return count === 1 ? 'One batch' : `${count} batches`;
}
