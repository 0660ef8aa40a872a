import { createHmac, hash, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { type Envelope, headerNames, parseEnvelope, toSignedBytes } from '../../../schema/heartbeat/envelope.js';
import { parseBatch } from '../../../schema/heartbeat/parseBatch.js';
import { MAX_AGE_MS, MAX_FUTURE_MS, SLOT_MS, slotStartMs } from '../../../schema/heartbeat/slots.js';
import type { Answer, Refusal } from './Answer.js';
import type { Lane } from './createWorkQueue.js';
import { finishBatch } from './finishBatch.js';
import type { GatewayContext, Received } from './Gateway.js';
import { guardWork, trust } from './guardWork.js';
import { findPast, joinTwin } from './joinTwin.js';
import { judgeBeacon } from './judgeBeacon.js';
import { findFlawAt, type KnownDelegation } from './KnownDelegation.js';
import { toFingerprint } from './toFingerprint.js';

/** A batch under a delegation. Checks go from cheap to dear; nothing of the body is read before the signature holds. */
export async function admitBatch(context: GatewayContext, received: Received): Promise<Answer> {
  const receivedAt = context.runtime.wallTime().getTime();
  const { source, headers } = received;
  const parsed = parseEnvelope(headers);
  const proof = parseProof(headers);
  if ('flaw' in parsed) {
    const { header, expected, got } = parsed.flaw;
    return guardWork(context, { source, work: async () => malformed(`${expected} in the header ${header}`, got) });
  }
  const { envelope } = parsed;
  return guardWork(context, {
    source,
    areBeats: true,
    named: envelope.delegation,
    delegation: context.delegations.peek(envelope.delegation),
    work: async (lane) =>
      'code' in proof ? proof : admit(context, { ...received, envelope, proof, receivedAt, lane }),
  });
}

interface Claim extends Received {
  readonly envelope: Envelope;
  readonly proof: Proof;
  readonly receivedAt: number;
  readonly lane: Lane;
}

async function admit(context: GatewayContext, claim: Claim): Promise<Answer> {
  const { envelope, proof, body, receivedAt } = claim;
  const { counter, beacon } = envelope;
  const delegation = await context.delegations.find(envelope.delegation);
  if (!delegation) return refuseUnknown(envelope);
  const late = judgeSlots(claim);
  if (late) return { ...late, beacon: context.beacons.findNewest(delegation.network.definition.chainId)?.hash };
  const signed = toSignedBytes(envelope, body);
  const digest = hash('sha256', signed, 'buffer').subarray(0, 16);
  const fingerprint = toFingerprint(digest, proof.bytes);
  const past = findPast(context, { delegation, counter, fingerprint });
  if (past) return past;
  const flaw = judgeBeacon(context, { network: delegation.network, beacon });
  if (flaw) return flaw;
  return joinTwin(context, {
    ...{ delegation, counter, fingerprint },
    work: async () => {
      const refusal = await checkProof(context, { ...claim, delegation, signed });
      if (refusal) return refusal;
      trust(context, claim.source, delegation);
      delegation.usedAt = context.runtime.now();
      return read(context, { claim, delegation, digest, fingerprint, receivedAt });
    },
  });
}

/** The signature holds: what is wrong from here on is the sender's own. */
async function read(
  context: GatewayContext,
  signed: {
    readonly claim: Claim;
    readonly delegation: KnownDelegation;
    readonly digest: Buffer;
    readonly fingerprint: number;
    readonly receivedAt: number;
  },
): Promise<Answer> {
  const { claim, delegation, digest, fingerprint, receivedAt } = signed;
  const { counter, firstSlot, lastSlot } = claim.envelope;
  const never = neverValid(delegation, claim.envelope);
  if (never) return never;
  const text = claim.body.toString('utf8');
  const parsed = parseBatch(text, { nodes: delegation.nodeKeys.length, firstSlot, lastSlot });
  if ('flaw' in parsed) {
    const { expected, got } = parsed.flaw;
    return { code: 'MALFORMED', message: `Expected ${expected}, got ${got}: correct the body.` };
  }
  const { beats } = parsed;
  return finishBatch(context, {
    ...{ delegation, counter, firstSlot, lastSlot, digest, fingerprint, beats, receivedAt },
  });
}

/** Beats may be of before and after the key's time; where none can be within it, the body need not be read. */
function neverValid(delegation: KnownDelegation, { firstSlot, lastSlot }: Envelope): Refusal | undefined {
  const { validFromMs, validToMs, revokedAtMs } = delegation;
  const lastMs = slotStartMs(lastSlot + 1) - 1;
  const firstMs = slotStartMs(firstSlot);
  if (lastMs >= validFromMs && firstMs < Math.min(validToMs, revokedAtMs)) return undefined;
  return {
    code: 'UNAUTHORISED',
    message: `Expected a delegation that was valid when the beats were sent, got one that is ${findFlawAt(delegation, lastMs < validFromMs ? lastMs : firstMs) ?? 'not'}: open another session.`,
  };
}

/** A slot that nobody could have sent a beat of within the window; else the beats are judged one by one. */
function judgeSlots({ envelope, body, receivedAt }: Claim): Refusal | undefined {
  const { firstSlot, lastSlot } = envelope;
  const endMs = slotStartMs(lastSlot) + SLOT_MS - 1;
  if (receivedAt - endMs > MAX_AGE_MS) {
    return {
      ...{ code: 'STALE', suspect: true, counts: countRefused(body) },
      message: `Expected beats sent at most ${MAX_AGE_MS / 1_000} s ago, got slot ${lastSlot}, which ended ${Math.round((receivedAt - endMs) / 1_000)} s ago: drop them, and check your clock if they are new.`,
    };
  }
  const startMs = slotStartMs(firstSlot);
  if (startMs - receivedAt > MAX_FUTURE_MS) {
    return {
      ...{ code: 'FUTURE', suspect: true, counts: countRefused(body) },
      message: `Expected beats sent at most ${MAX_FUTURE_MS / 1_000} s ahead of this gateway's clock, got slot ${firstSlot}, which begins in ${Math.round((startMs - receivedAt) / 1_000)} s: set your clock by NTP.`,
    };
  }
  return undefined;
}

/** Unsigned so far: how many beats it seems to hold, for a sender that keeps account. */
function countRefused(body: Buffer) {
  let refused = 0;
  for (let at = body.indexOf(SENT_AT); at !== -1; at = body.indexOf(SENT_AT, at + SENT_AT.length)) refused += 1;
  return { written: 0, duplicate: 0, late: 0, refused };
}

/** Every beat has it once, and no text of a GPU's model can hold a quotation mark that is not escaped. */
const SENT_AT = Buffer.from('"sentAt"', 'latin1');

interface Proof {
  readonly kind: 'signature' | 'mac';
  /** As the header has it. */
  readonly text: string;
  readonly bytes: Buffer;
}

function parseProof(headers: Received['headers']): Proof | Refusal {
  const { [headerNames.signature]: signature, [headerNames.mac]: mac } = headers;
  if ((signature === undefined) === (mac === undefined)) {
    return malformed(`one of the headers ${headerNames.signature} and ${headerNames.mac}`, signature ? 'both' : 'none');
  }
  const [kind, given, length] =
    mac === undefined ? (['signature', signature, 64] as const) : (['mac', mac, 32] as const);
  const text = String(given);
  if (text.length !== 2 + 2 * length || !/^0x[0-9a-f]+$/.test(text)) {
    return badSignature(
      `${length} bytes in the header ${headerNames[kind]} as 0x and ${2 * length} digits in lower case`,
      `${text.length} characters`,
    );
  }
  return { kind, text, bytes: Buffer.from(text.slice(2), 'hex') };
}

async function checkProof(
  { checks }: GatewayContext,
  claim: Claim & { readonly delegation: KnownDelegation; readonly signed: Buffer },
): Promise<Refusal | undefined> {
  const { proof, delegation, signed, lane } = claim;
  if (proof.kind === 'mac') {
    const { macKey } = delegation;
    if (!macKey) return badSignature('a signature, for this session was opened without mac', 'a MAC');
    const expected = createHmac('sha256', macKey).update(signed).digest();
    return timingSafeEqual(expected, proof.bytes) ? undefined : badSignature(ofKey, 'a MAC by another one');
  }
  const { publicKey } = delegation;
  if (!publicKey) return badSignature('a signed beat, for an account itself speaks here', 'a batch');
  const holds = await checks.run(() => verifyBeside({ publicKey, signed, signature: proof.bytes }), lane);
  return holds ? undefined : badSignature(ofKey, 'another one');
}

const ofKey = "the session's key over the version, the headers and the body as they travel";

/** On one of libuv's threads. */
function verifyBeside(given: {
  readonly publicKey: KeyObject;
  readonly signed: Buffer;
  readonly signature: Buffer;
}): Promise<boolean> {
  const { publicKey, signed, signature } = given;
  return new Promise((resolve, reject) =>
    verify(null, signed, publicKey, signature, (error, holds) => (error ? reject(error) : resolve(holds))),
  );
}

function refuseUnknown({ delegation }: Envelope): Refusal {
  return {
    ...{ code: 'UNKNOWN_SESSION', suspect: true },
    message: `Expected the delegation of an open session, got ${delegation}, which is none here: open it by POST /v1/sessions, then send again.`,
  };
}

function malformed(expected: string, got: string): Refusal {
  return { code: 'MALFORMED', message: `Expected ${expected}, got ${got}: correct the request.`, suspect: true };
}

function badSignature(expected: string, got: string): Refusal {
  return {
    ...{ code: 'BAD_SIGNATURE', suspect: true },
    message: `Expected ${expected}, got ${got}: sign exactly what is sent (docs/heartbeat.md).`,
  };
}
