import { createHash, hash } from 'node:crypto';
import { MAX_COUNTER } from '../../../schema/heartbeat/envelope.js';
import { hashBody } from '../../../schema/heartbeat/hashBody.js';
import { judgeBeat } from '../../../schema/heartbeat/judgeBeat.js';
import { type ParsedBeat, readBeat } from '../../../schema/heartbeat/parseBatch.js';
import { type Hex, toBytes, toHex } from '../../../schema/lib/hex.js';
import { registerNodes } from '../beats/registerNodes.js';
import { type Answer, isRefusal, type Refusal } from './Answer.js';
import { checkAccount } from './checkAccount.js';
import { refuseForeign, refuseNetwork, refuseUnregistered } from './checkScope.js';
import type { Lane } from './createWorkQueue.js';
import type { Subject } from './findSubjects.js';
import { explain, finishBatch } from './finishBatch.js';
import type { GatewayContext, Received, ServedNetwork } from './Gateway.js';
import { guardWork, trust } from './guardWork.js';
import { findPast, joinTwin } from './joinTwin.js';
import { judgeBeacon } from './judgeBeacon.js';
import type { KnownDelegation } from './KnownDelegation.js';
import { parseAccountSignature } from './parseAccountSignature.js';
import {
  address,
  bodyText,
  bytes,
  malformed,
  object,
  parseJson,
  readFields,
  seconds,
  signature,
  text,
  whole,
} from './readFields.js';
import { toFingerprint } from './toFingerprint.js';

/** One beat that an account signed by EIP-712, without a session: whoever has it can prove it to anybody. */
export async function admitSignedBeat(context: GatewayContext, received: Received): Promise<Answer> {
  const receivedAt = context.runtime.wallTime().getTime();
  const { source } = received;
  const claim = attempt(() => readClaim(context, parseJson(received.body)));
  if ('thrown' in claim) return guardWork(context, { source, work: () => Promise.reject(claim.thrown) });
  if (isRefusal(claim)) return guardWork(context, { source, work: async () => claim });
  const named = toDirectId(claim);
  return guardWork(context, {
    ...{ source, named, isDirect: true, areBeats: true, delegation: context.delegations.peek(named) },
    work: (lane) => admit(context, { ...received, ...claim, id: named, receivedAt, lane }),
  });
}

/** Who is named decides how it is guarded, so it is read before that; a failure counts all the same. */
function attempt<T>(read: () => T): T | { readonly thrown: unknown } {
  try {
    return read();
  } catch (thrown) {
    return { thrown };
  }
}

interface Claim {
  readonly network: ServedNetwork;
  readonly nodeId: string;
  readonly account: Hex;
  readonly slot: number;
  readonly seq: number;
  /** Unix s, as it was signed. */
  readonly sentAt: number;
  readonly beacon: Hex;
  readonly bodyHash: Hex;
  readonly body: string;
  readonly beat: ParsedBeat;
  readonly signature: Hex;
}

const fields = { network: text, nodeId: text, heartbeat: object, body: bodyText, signature } as const;
const signedFields = {
  node: address,
  slot: whole(0, 999_999_999),
  seq: whole(1, MAX_COUNTER),
  sentAt: seconds,
  beacon: bytes(32),
  bodyHash: bytes(32),
} as const;

function readClaim(context: GatewayContext, given: unknown): Claim | Refusal {
  const wanted = readFields(given, fields);
  if (isRefusal(wanted)) return wanted;
  const signed = readFields(wanted.heartbeat, signedFields, 'heartbeat');
  if (isRefusal(signed)) return signed;
  const network = context.networks.get(wanted.network);
  if (!network) return refuseNetwork(context, wanted.network);
  const parsed = parseAccountSignature(wanted.signature);
  if (!('signature' in parsed)) {
    return badSignature(`a signature of ${parsed.expected}`, parsed.got);
  }
  const beat = readBeat(parseJson(Buffer.from(wanted.body)));
  if ('flaw' in beat) return malformed(`body as ${beat.flaw.expected}`, beat.flaw.got);
  if (beat.node !== 0) return malformed('node 0 in body', String(beat.node));
  if (beat.slot !== signed.slot || Math.floor(beat.sentAt / 1_000) !== signed.sentAt) {
    return malformed(
      `slot ${signed.slot} and a sentAt in second ${signed.sentAt} in body, as in heartbeat`,
      `slot ${beat.slot} and ${beat.sentAt} ms`,
    );
  }
  const { node: account, ...rest } = signed;
  return {
    ...{ network, nodeId: wanted.nodeId, account, ...rest, body: wanted.body, beat },
    signature: parsed.signature as Hex,
  };
}

type Arrived = Omit<Received, 'body'> & Claim & { readonly id: Hex; readonly receivedAt: number; readonly lane: Lane };

async function admit(context: GatewayContext, claim: Arrived): Promise<Answer> {
  const { network, nodeId, account, beat, beacon, seq, slot, signature: given } = claim;
  const subject = await context.subjects.find(network, nodeId, claim.lane);
  if (!subject) return refuseUnregistered(network, nodeId);
  const early = judgeTimes(claim, subject);
  if (early) return early;
  const digest = hash('sha256', toSignedText(claim), 'buffer').subarray(0, 16);
  const fingerprint = toFingerprint(digest, toBytes(given));
  const used = context.delegations.peek(claim.id);
  const past = used && findPast(context, { delegation: used, counter: seq, fingerprint });
  if (past) return past;
  const flaw = judgeBeacon(context, { network, beacon });
  if (flaw) return flaw;
  const work = async (): Promise<Answer> => {
    const refusal = await checkSignature(context, claim);
    if (refusal) return refusal;
    if (!subject.speakers.includes(account)) return refuseForeign(account, subject);
    const delegation = (await context.delegations.find(claim.id)) ?? (await open(context, claim, subject));
    trust(context, claim.source, delegation);
    delegation.usedAt = context.runtime.now();
    const { receivedAt } = claim;
    return finishBatch(context, {
      ...{ delegation, counter: seq, firstSlot: slot, lastSlot: slot, digest, fingerprint, beats: [beat], receivedAt },
    });
  };
  const delegation = await context.delegations.find(claim.id);
  return delegation ? joinTwin(context, { delegation, counter: seq, fingerprint, work }) : work();
}

/** Without the signature nothing is known of the sender, so what is out of time is looked at no further. */
function judgeTimes(claim: Arrived, { registeredAt }: Subject): Refusal | undefined {
  const { beat, receivedAt } = claim;
  const { slot, sentAt } = beat;
  const code = judgeBeat({ slot, sentAt, receivedAt, registeredAt });
  if (code === 'ACCEPTED' || code === 'LATE') return undefined;
  const counts = { written: 0, duplicate: 0, late: 0, refused: 1 };
  return { code, message: explain(code, { slot, sentAt, receivedAt }), counts, suspect: true };
}

async function checkSignature(context: GatewayContext, claim: Arrived): Promise<Refusal | undefined> {
  const { network, account, slot, seq, sentAt, beacon, bodyHash, body, lane } = claim;
  const hashed = hashBody(body);
  if (hashed !== bodyHash) return badSignature(`a bodyHash of ${hashed}, keccak256 of the bytes of body`, bodyHash);
  const signed = await checkAccount(context, {
    ...{ network, account, type: 'Heartbeat', signature: claim.signature, lane },
    message: { node: account, slot: BigInt(slot), seq: BigInt(seq), sentAt: BigInt(sentAt), beacon, bodyHash },
    // A request to the chain for each beat would be too dear: contracts open sessions.
    mayAskContract: false,
  });
  return isRefusal(signed) ? signed : undefined;
}

/** All that the typed data says, in less time than its hash takes. */
function toSignedText({ network, nodeId, account, slot, seq, sentAt, beacon, bodyHash }: Claim): string {
  const lines = [
    'computescan-signed-beat-v1',
    network.definition.id,
    nodeId,
    account,
    slot,
    seq,
    sentAt,
    beacon,
    bodyHash,
  ];
  return lines.join('\n');
}

/** There is nothing to grant; the name stands for the account and the node alone. */
export function toDirectId(claim: {
  readonly network: ServedNetwork;
  readonly account: Hex;
  readonly nodeId: string;
}): Hex {
  const { network, account, nodeId } = claim;
  const text = `computescan-direct-v1\n${network.definition.id}\n${account}\n${nodeId}`;
  return toHex(createHash('sha256').update(text).digest().subarray(0, 16));
}

async function open(context: GatewayContext, claim: Arrived, subject: Subject): Promise<KnownDelegation> {
  const { pool, runtime, delegations } = context;
  const { id, network, account } = claim;
  const networkId = network.definition.id;
  const keys = await registerNodes(pool, [{ nodeId: subject.nodeId, networkId, providerId: subject.providerId }]);
  await pool.query(
    `insert into delegation (id, kind, network_id, account, valid_from, valid_to, nodes, opened_at)
     select $1, 'direct', $2, $3, 0, $4, $5, $6 where not exists (select from delegation where id = $1)
     on conflict (id) do nothing`,
    [toBytes(id), networkId, toBytes(account), END_OF_TIME, keys, runtime.wallTime()],
  );
  const delegation = await delegations.reload(id);
  if (!delegation) throw new Error(`Assertion failed: the delegation ${id} was stored a moment ago`);
  return delegation;
}

/** The end of year 9999, the last that a date of four digits can say. */
const END_OF_TIME = 253_402_300_799;

function badSignature(expected: string, got: string): Refusal {
  return {
    ...{ code: 'BAD_SIGNATURE', suspect: true },
    message: `Expected ${expected}, got ${got}: sign the typed data of docs/heartbeat.md anew.`,
  };
}
