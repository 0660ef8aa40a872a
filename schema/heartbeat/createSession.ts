import { sign } from 'node:crypto';
import { assert } from '../lib/assert.js';
import { toMessage } from '../lib/errors.js';
import { type Hex, toHex } from '../lib/hex.js';
import { MAX_COUNTER } from './envelope.js';
import { toMacProofBytes } from './keySigned.js';
import type { Grant, SenderOptions, SenderState } from './SenderOptions.js';
import { type BatchKey, toPublicKeyHex } from './sealBatch.js';
import { toBackoffMs, toStep } from './sendPolicy.js';
import { paths, type SessionAnswer, type SessionRequest } from './session.js';
import { toTypedData } from './typedData.js';
import type { VerdictCode } from './verdicts.js';

/** The right to send, as a sender holds it. */
export interface Session {
  readonly grant: Grant;
  readonly delegation: Hex;
  /** The newest one, and when it was asked for on the monotonic clock. */
  beacon: { readonly hash: Hex; readonly atMs: number };
  readonly offsets: readonly number[];
  readonly key: BatchKey;
}

/** The gateway does not grant it, and asking again at once changes nothing. */
export class SessionRefusedError extends Error {
  override readonly name = 'SessionRefusedError';
  constructor(
    message: string,
    readonly code?: VerdictCode,
  ) {
    super(message);
  }
}

export interface SessionKeeper {
  current(): Session | undefined;
  /** What a restart needs of the newest session, lost or not. */
  held(): Pick<SenderState, 'grant' | 'delegation' | 'counter'>;
  /** Opens it where need be; waits out an outage. Throws SessionRefusedError. Undefined once the signal has aborted. */
  ensure(): Promise<Session | undefined>;
  /** The gateway does not know it any more, or has taken it back (`UNAUTHORISED`): the next `ensure` opens another. */
  lose(delegation: Hex, code?: VerdictCode): void;
  /** Each only once, whatever becomes of the batch. */
  takeCounter(delegation: Hex): number;
}

/**
 * Opens sessions and renews them. The same grant opens the same delegation again, so that a restart goes on with it; a new
 * one is signed when there is none, when it was taken back, and before it runs out.
 */
export function createSession(options: SenderOptions, signal: AbortSignal): SessionKeeper {
  const { network, account, nodes, anchor, privateKey, runtime, state, tell } = options;
  const publicKey = toPublicKeyHex(privateKey);
  const signer = 'sign' in options.grant ? options.grant : undefined;
  let grant: Grant | undefined = 'sign' in options.grant ? state?.grant : options.grant;
  /** Counters outlive a session that is opened again: what was sent may not be stored there yet. */
  const counters = new Map<Hex, number>();
  if (state?.delegation) counters.set(state.delegation, state.counter);
  let wantsMac = options.mac === true;
  let session: Session | undefined;
  let delegation = state?.delegation;
  let opening: Promise<Session | undefined> | undefined;
  let refusal: { readonly error: SessionRefusedError; readonly untilMs: number } | undefined;

  async function open(): Promise<Session | undefined> {
    let hasSignedAnew = false;
    for (let failures = 0; !signal.aborted; ) {
      const granted = await toGrant();
      const request: SessionRequest = { network, account, publicKey, ...granted, nodes, ...askForMac(granted) };
      const startedMs = runtime.now();
      const step = await post(request);
      if ('answer' in step) return enter(granted, step.answer, startedMs);
      if (step.next !== 'retry' && step.next !== 'done') {
        if (wantsMac && step.code === 'UNSUPPORTED') {
          // This gateway has no secrets, or not over such a connection: signatures do as well.
          wantsMac = false;
          continue;
        }
        const isOfGrant = step.code === 'UNAUTHORISED' || step.code === 'BAD_SIGNATURE';
        if (!signer || !isOfGrant || hasSignedAnew) throw new SessionRefusedError(step.message, step.code);
        // A new signature may be taken where the old one, of another time, is not.
        grant = undefined;
        hasSignedAnew = true;
        continue;
      }
      failures += 1;
      const waitMs = toBackoffMs(failures, runtime.random());
      tell?.({ kind: 'failed', message: step.message, failures, waitMs: Math.max(step.waitMs ?? 0, waitMs) });
      await runtime.sleep(Math.max(step.waitMs ?? 0, waitMs), signal);
    }
    return undefined;
  }

  async function toGrant(): Promise<Grant> {
    if (grant && (!signer || !isNearItsEnd(grant, runtime.wallTime()))) return grant;
    assert(signer, 'what was signed elsewhere is never given up');
    const now = Math.floor(runtime.wallTime().getTime() / 1_000);
    // From a minute ago: a clock that is a little fast must not make it one of the future.
    const [validFrom, validTo] = [now - 60, now + (signer.validSeconds ?? VALID_SECONDS)];
    const signature = await signer.sign(
      toTypedData(anchor, 'Delegate', {
        node: account,
        ed25519Pub: publicKey,
        validFrom: BigInt(validFrom),
        validTo: BigInt(validTo),
        scope: nodes,
      }),
    );
    grant = { validFrom, validTo, signature };
    return grant;
  }

  function askForMac({ signature }: Grant): Pick<SessionRequest, 'mac' | 'macProof'> {
    if (!wantsMac) return {};
    const sentAt = Math.floor(runtime.wallTime().getTime() / 1_000);
    const proof = sign(null, toMacProofBytes(signature, sentAt), privateKey);
    return { mac: true, macProof: { sentAt, signature: toHex(proof) } };
  }

  async function post(request: SessionRequest) {
    try {
      const headers = { 'content-type': 'application/json' };
      const answer = await options.post(paths.sessions, headers, JSON.stringify(request));
      const opened = answer.status < 300 ? parseSessionAnswer(answer.body) : undefined;
      if (opened) return { answer: opened };
      const step = toStep(answer, runtime.wallTime().getTime());
      return step.next === 'done' ? { ...step, message: 'the gateway knows no block of the chain yet' } : step;
    } catch (thrown) {
      return { next: 'retry' as const, message: toMessage(thrown), code: undefined, waitMs: undefined };
    }
  }

  function enter(granted: Grant, answer: SessionAnswer, startedMs: number): Session {
    const { offsets, macSecret } = answer;
    delegation = answer.delegation;
    counters.set(delegation, Math.max(answer.counter, counters.get(delegation) ?? 0));
    const key: BatchKey = wantsMac && macSecret ? { kind: 'mac', secret: macSecret } : { kind: 'ed25519', privateKey };
    session = { grant: granted, delegation, beacon: { hash: answer.beacon, atMs: startedMs }, offsets, key };
    const halfMs = (runtime.now() - startedMs) / 2;
    const clockOffsetMs = answer.serverTime + halfMs - runtime.wallTime().getTime();
    tell?.({ kind: 'opened', delegation, grant: granted, clockOffsetMs });
    return session;
  }

  /** One opening at a time, whoever asks; what was refused is not asked again for a while. */
  function start(): Promise<Session | undefined> {
    opening ??= open()
      .catch((thrown: unknown) => {
        if (thrown instanceof SessionRefusedError) {
          refusal = { error: thrown, untilMs: runtime.now() + REFUSED_WAIT_MS };
          tell?.({ kind: 'refused', code: thrown.code, message: thrown.message });
        }
        throw thrown;
      })
      .finally(() => {
        opening = undefined;
      });
    return opening;
  }

  return {
    current: () => session,
    held: () => ({ grant, delegation, counter: (delegation && counters.get(delegation)) ?? 0 }),
    async ensure() {
      if (refusal && runtime.now() < refusal.untilMs) {
        if (session) return session;
        throw refusal.error;
      }
      if (!session) return start();
      // The old one holds until the new one is there.
      if (signer && !opening && isNearItsEnd(session.grant, runtime.wallTime())) start().catch(() => undefined);
      return session;
    },
    lose(lost, code) {
      if (session && session.delegation !== lost) return;
      if (signer && code === 'UNAUTHORISED') grant = undefined;
      session = undefined;
    },
    takeCounter(of) {
      const counter = (counters.get(of) ?? 0) + 1;
      assert(counter <= MAX_COUNTER, 'a delegation runs out of time before it runs out of counters');
      counters.set(of, counter);
      return counter;
    },
  };
}

const VALID_SECONDS = 30 * 86_400;
/** Beats live for two minutes; a few attempts within that are enough. */
export const REFUSED_WAIT_MS = 20_000;

/** In its last tenth, at most a day. */
function isNearItsEnd({ validFrom, validTo }: Grant, now: Date): boolean {
  return now.getTime() / 1_000 > validTo - Math.min(86_400, (validTo - validFrom) / 10);
}

function parseSessionAnswer(body: string): SessionAnswer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  const given = value as Partial<SessionAnswer> | null;
  const isAnswer =
    /^0x[0-9a-f]{32}$/.test(given?.delegation ?? '') &&
    /^0x[0-9a-f]{64}$/.test(given?.beacon ?? '') &&
    Number.isSafeInteger(given?.counter) &&
    Array.isArray(given?.offsets) &&
    typeof given?.serverTime === 'number';
  return isAnswer ? (given as SessionAnswer) : undefined;
}
