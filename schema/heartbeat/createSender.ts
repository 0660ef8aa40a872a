import { toMessage } from '../lib/errors.js';
import { createLanes } from './createLanes.js';
import { createSession, REFUSED_WAIT_MS, type Session, SessionRefusedError } from './createSession.js';
import { createSlotMemory } from './createSlotMemory.js';
import type { Beat } from './parseBatch.js';
import type { SenderOptions, SenderState, SendOutcome, StoredBatch } from './SenderOptions.js';
import { sealBatch, toPublicKeyHex } from './sealBatch.js';
import { type Step, toBackoffMs, toStep } from './sendPolicy.js';
import { paths } from './session.js';
import { MAX_AGE_MS } from './slots.js';
import { toParts } from './toParts.js';

export interface Sender {
  /** Opens the session, or the stored one again; waits out an outage. Throws SessionRefusedError; undefined once closed. */
  open(): Promise<Session | undefined>;
  /**
   * Sends beats in batches of one slot. Resolves once each batch has its outcome, at the latest when its beats are too old to
   * be taken. Beats of a node that has one in that slot are left out, and told as dropped.
   */
  send(beats: readonly Beat[]): Promise<readonly SendOutcome[]>;
  /** Sends what waited when the state was stored; the same bytes. Once, before the first `send`. */
  resume(): Promise<readonly SendOutcome[]>;
  /** Batches without an outcome. */
  waiting(): number;
  /** The round trip of the last request that was answered. */
  rttMs(): number | undefined;
  session(): Session | undefined;
  /** Ends every wait. What has no answer is kept in the state, which is saved. */
  close(): Promise<void>;
}

interface Batch {
  readonly beats: readonly Beat[];
  readonly slot: number;
  readonly settled: Promise<void>;
  readonly settle: () => void;
  /** Of the monotonic clock, which no step of the system's moves: when its newest beat is too old. */
  readonly staleAtMs: number;
  /** Positions are those of another list of nodes: it can be sent as it is, not sealed again. */
  readonly isForeign: boolean;
  sealed?: StoredBatch['sealed'] & { readonly beaconAtMs?: number };
  /** Too many wait, and it is the oldest. */
  isCrowdedOut?: boolean;
}

/** So many batches wait at most; an agent has a few, a relay of many nodes some dozens. */
const MAX_WAITING = 1_000;

/**
 * The client's side of the heartbeat protocol (docs/heartbeat.md): opens the session, seals batches and does what the gateway
 * answers. Every batch goes its own way, so that none waits for another that fails.
 *
 * A counter is used for one sequence of bytes only. What is signed again, be it for a newer beacon, gets the next counter: of
 * an attempt whose answer was lost the gateway may have stored the old one, and the same counter with other bytes is a
 * conflict. The beats are the same ones, so the gateway finds them again as duplicates.
 *
 * Nothing gets a counter while a newer slot waits under a lower one: if that arrived last, its counter would have gone back
 * while time went on, as with two machines that share a key. So what is signed again goes from the newest slot to the oldest,
 * and a new slot never waits.
 */
export function createSender(options: SenderOptions): Sender {
  const { network, account, nodes, state, post, runtime, tell } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const publicKey = toPublicKeyHex(options.privateKey);
  const isForeign = !state || !isSame(state, { network, account, nodes, publicKey });
  const keeper = createSession({ ...options, state: isForeign ? undefined : state }, signal);
  const memory = createSlotMemory(nodes, state);
  const lanes = createLanes(options.lanes ?? 4);
  const batches = new Set<Batch>();
  let pausedUntilMs = 0;
  let beaconLifeMs = Number.POSITIVE_INFINITY;
  let rttMs: number | undefined;

  async function deliver(batch: Batch): Promise<SendOutcome> {
    if (batches.size >= MAX_WAITING) makeRoom();
    batches.add(batch);
    const outcome = await untilSettled(batch);
    if (outcome.kind === 'kept') return outcome;
    batches.delete(batch);
    batch.settle();
    if (outcome.kind === 'taken' && outcome.answer.refused < batch.beats.length) memory.noteTaken(batch.slot);
    memory.free(listFuture(batch, outcome));
    if (outcome.kind === 'dropped') {
      tell?.({ kind: 'dropped', beats: batch.beats, reason: outcome.reason, code: outcome.code });
    }
    await save();
    return outcome;
  }

  function makeRoom(): void {
    const staying = [...batches].filter(({ isCrowdedOut }) => !isCrowdedOut);
    const [oldest] = staying;
    if (oldest && staying.length >= MAX_WAITING) oldest.isCrowdedOut = true;
  }

  async function untilSettled(batch: Batch): Promise<SendOutcome> {
    for (let failures = 0; !signal.aborted; ) {
      if (batch.isCrowdedOut) return { kind: 'dropped', reason: 'too many batches wait' };
      if (runtime.now() > batch.staleAtMs) return { kind: 'dropped', reason: 'too old to be taken', code: 'STALE' };
      if (runtime.now() < pausedUntilMs) {
        await wait(batch, pausedUntilMs - runtime.now());
        continue;
      }
      const newer = batch.sealed ? undefined : findNewer(batch);
      if (newer) {
        await Promise.race([newer.settled, wait(batch, MAX_AGE_MS)]);
        continue;
      }
      const step = await attempt(batch, failures === 0);
      if (!step) continue;
      if (step.next === 'done' && step.taken) return { kind: 'taken', answer: step.taken };
      if (step.next === 'drop') {
        // Its counter may be behind what the gateway has, as after a state that was restored from a copy.
        if (step.code === 'CONFLICT' && batch.sealed) keeper.lose(batch.sealed.delegation);
        return { kind: 'dropped', reason: step.message, code: step.code };
      }
      if (step.next === 'resign' || step.next === 'reopen') {
        if (batch.isForeign) return { kind: 'dropped', reason: 'the list of nodes has changed since', code: step.code };
        if (step.next === 'reopen' || !step.beacon) {
          if (batch.sealed) keeper.lose(batch.sealed.delegation, step.code);
        }
        batch.sealed = undefined;
        // The first time at once: the answer told what is needed.
        if (failures === 0 && step.next === 'resign') {
          failures += 1;
          continue;
        }
      }
      failures += 1;
      await waitAgain(batch, step, failures);
    }
    return { kind: 'kept' };
  }

  /** Undefined: it was not sent, and the loop looks again. */
  async function attempt(batch: Batch, isFresh: boolean): Promise<Step | undefined> {
    if (!batch.sealed) {
      try {
        const session = await keeper.ensure();
        if (!session) return undefined;
        await renewBeacon(session);
        if (findNewer(batch)) return undefined;
        seal(batch, session);
      } catch (thrown) {
        if (!(thrown instanceof SessionRefusedError)) throw thrown;
        return { next: 'retry', message: thrown.message, waitMs: REFUSED_WAIT_MS };
      }
      await save();
    }
    const { sealed } = batch;
    return lanes.run(async () => {
      if (signal.aborted || !sealed || batch.isCrowdedOut || runtime.now() > batch.staleAtMs) return undefined;
      const startedMs = runtime.now();
      try {
        const answer = await post(paths.heartbeats, sealed.headers, sealed.body);
        return read(batch, toStep(answer, runtime.wallTime().getTime()), startedMs);
      } catch (thrown) {
        return { next: 'retry', message: toMessage(thrown) };
      }
    }, isFresh);
  }

  /** How old a beacon may grow here is known once one was too old: half of that is safe. */
  function noteLife({ beaconAtMs }: NonNullable<Batch['sealed']>): void {
    if (beaconAtMs !== undefined) beaconLifeMs = Math.min(beaconLifeMs, (runtime.now() - beaconAtMs) / 2);
  }

  async function renewBeacon(session: Session): Promise<void> {
    const askedMs = runtime.now();
    if (!options.findBeacon || askedMs - session.beacon.atMs < beaconLifeMs) return;
    const hash = await options.findBeacon().catch(() => undefined);
    if (hash) session.beacon = { hash, atMs: askedMs };
  }

  function findNewer({ slot }: Batch): Batch | undefined {
    for (const other of batches) if (other.sealed && !other.isForeign && other.slot > slot) return other;
    return undefined;
  }

  function seal(batch: Batch, session: Session): void {
    const { delegation, key } = session;
    const beacon = session.beacon.hash;
    const { slot } = batch;
    const counter = keeper.takeCounter(delegation);
    const envelope = { delegation, beacon, firstSlot: slot, lastSlot: slot, counter };
    batch.sealed = { ...sealBatch(envelope, batch.beats, key), delegation, beaconAtMs: session.beacon.atMs };
  }

  function read(batch: Batch, step: Step, startedMs: number): Step {
    rttMs = runtime.now() - startedMs;
    const session = keeper.current();
    if (step.code === 'BEACON_OLD' && batch.sealed) noteLife(batch.sealed);
    if (session && step.beacon) session.beacon = { hash: step.beacon, atMs: startedMs };
    if (!step.taken) return step;
    const clockOffsetMs = step.taken.serverTime + rttMs / 2 - runtime.wallTime().getTime();
    tell?.({ kind: 'taken', beats: batch.beats, answer: step.taken, rttMs, clockOffsetMs });
    return step;
  }

  async function waitAgain(batch: Batch, { message, waitMs, code }: Step, failures: number): Promise<void> {
    const backoffMs = toBackoffMs(failures, runtime.random());
    const ms = waitMs === undefined ? backoffMs : waitMs + Math.min(waitMs, 1_000) * runtime.random();
    tell?.({ kind: 'failed', message, failures, waitMs: ms });
    // Said of this gateway, not of this batch: the others wait too.
    if (waitMs !== undefined && (code === 'RATE_LIMITED' || code === 'BUSY')) pausedUntilMs = runtime.now() + ms;
    else await wait(batch, ms);
  }

  function wait({ staleAtMs }: Batch, ms: number): Promise<void> {
    return runtime.sleep(Math.max(0, Math.min(ms, staleAtMs - runtime.now() + 1)), signal);
  }

  const remember = () => ({ recent: memory.recent(), newestTaken: memory.newestTaken() });

  const save = coalesce(async () => {
    if (!options.save) return;
    const waiting = [...batches].map(toStored);
    const stored = { network, account, publicKey, nodes, ...keeper.held(), ...remember(), waiting };
    try {
      await options.save(stored);
    } catch (thrown) {
      tell?.({ kind: 'unsaved', message: toMessage(thrown) });
    }
  });

  function toBatch({ beats, sealed }: StoredBatch, foreign = false): Batch {
    const newest = Math.max(...beats.map(({ sentAt }) => sentAt));
    const ageMs = Math.max(0, runtime.wallTime().getTime() - newest);
    const staleAtMs = runtime.now() + MAX_AGE_MS - ageMs;
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    return { beats, slot: beats[0]?.slot ?? 0, sealed, isForeign: foreign, staleAtMs, settled, settle };
  }

  return {
    open: () => keeper.ensure(),
    async send(beats) {
      const { fresh, again } = memory.take(beats);
      if (again.length > 0) tell?.({ kind: 'dropped', beats: again, reason: 'its node has a beat in that minute' });
      return Promise.all(toParts(fresh).map((part) => deliver(toBatch({ beats: part }))));
    },
    resume: () => Promise.all((state?.waiting ?? []).map((stored) => deliver(toBatch(stored, isForeign)))),
    waiting: () => batches.size,
    rttMs: () => rttMs,
    session: () => keeper.current(),
    async close() {
      closing.abort();
      await save();
    },
  };
}

/**
 * Of a clock that was ahead; once it is right, their minutes come. Only of these is it sure that no attempt before was taken:
 * whatever came earlier was of the future, too.
 */
function listFuture({ beats }: Batch, outcome: SendOutcome): readonly Beat[] {
  if (outcome.kind === 'dropped') return outcome.code === 'FUTURE' ? beats : [];
  if (outcome.kind === 'kept' || !Array.isArray(outcome.answer.refusals)) return [];
  return outcome.answer.refusals.flatMap(({ beat, code }) => (code === 'FUTURE' ? (beats[beat] ?? []) : []));
}

function toStored({ beats, sealed }: Batch): StoredBatch {
  if (!sealed) return { beats };
  const { headers, body, delegation } = sealed;
  return { beats, sealed: { headers, body, delegation } };
}

function isSame(state: Identity, now: Identity): boolean {
  const { network, account, publicKey, nodes } = state;
  return (
    network === now.network &&
    account === now.account &&
    publicKey === now.publicKey &&
    nodes.length === now.nodes.length &&
    nodes.every((node, position) => node === now.nodes[position])
  );
}

type Identity = Pick<SenderState, 'network' | 'account' | 'publicKey' | 'nodes'>;

/** One run at a time; whoever asks during one gets another that begins after it, together with all who asked meanwhile. */
function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = () => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (!running && !next) return begin();
    next ??= Promise.resolve(running).then(() => {
      next = undefined;
      return begin();
    });
    return next;
  };
}
