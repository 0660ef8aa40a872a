import { createHash, verify } from 'node:crypto';
import { toMacProofBytes } from '../../../schema/heartbeat/keySigned.js';
import { MAX_AGE_MS, SLOT_MS, SLOT_SECONDS } from '../../../schema/heartbeat/slots.js';
import { toDelegationId } from '../../../schema/heartbeat/typedData.js';
import { type Hex, toBytes } from '../../../schema/lib/hex.js';
import { registerNodes } from '../beats/registerNodes.js';
import { type Answer, isRefusal, type Refusal } from './Answer.js';
import { checkAccount } from './checkAccount.js';
import { checkScope, refuseForeign, refuseNetwork } from './checkScope.js';
import type { Lane } from './createWorkQueue.js';
import type { Subject } from './findSubjects.js';
import type { GatewayContext, Received, ServedNetwork, Source } from './Gateway.js';
import { chargeSource, guardWork, welcome } from './guardWork.js';
import { refuseWithoutBlocks } from './judgeBeacon.js';
import { type KnownDelegation, toEd25519Key } from './KnownDelegation.js';
import { MAX_DELEGATION_SECONDS } from './limits.js';
import {
  address,
  bytes,
  malformed,
  object,
  optional,
  parseJson,
  readFields,
  scope,
  seconds,
  signature,
  text,
  yesOrNo,
} from './readFields.js';
import { toMacSecret } from './toMacSecret.js';

/** `POST /v1/sessions`: an account lets an Ed25519 key speak for nodes. Opening it again opens the same one. */
export async function openSession(context: GatewayContext, received: Received): Promise<Answer> {
  const { source, body } = received;
  return guardWork(context, {
    source,
    work: async (lane) => open(context, { ...received, given: parseJson(body), lane }),
  });
}

const fields = {
  network: text,
  account: address,
  publicKey: bytes(32),
  validFrom: seconds,
  validTo: seconds,
  nodes: scope,
  signature,
  mac: optional(yesOrNo),
  macProof: optional(object),
} as const;

async function open(
  context: GatewayContext,
  asked: Received & { readonly given: unknown; readonly lane: Lane },
): Promise<Answer> {
  const { given, lane, source } = asked;
  const wanted = readFields(given, fields);
  if (isRefusal(wanted)) return wanted;
  const { account, publicKey, validFrom, validTo, nodes, mac } = wanted;
  const network = context.networks.get(wanted.network);
  if (!network) return refuseNetwork(context, wanted.network);
  const now = Math.floor(context.runtime.wallTime().getTime() / 1_000);
  const flaw = findTimeFlaw({ validFrom, validTo, now });
  if (flaw) return flaw;
  const { chainId } = network.definition;
  const newest = context.beacons.findNewest(chainId);
  if (!newest) return refuseWithoutBlocks(chainId);
  const noSecret = mac ? findSecretFlaw(context, { ...wanted, source, now }) : undefined;
  if (noSecret) return noSecret;
  // Whoever has seen a grant can send it again, so it is the source that pays for looking at it.
  const flood = chargeSource(context, source, nodes.length);
  if (flood) return flood;
  const found = await context.desk.run(() => checkScope(context, { network, account, nodes }), lane);
  if (isRefusal(found)) return found;
  const signed = await checkAccount(context, {
    ...{ network, account, signature: wanted.signature, lane, type: 'Delegate' },
    message: {
      ...{ node: account, ed25519Pub: publicKey, scope: nodes },
      validFrom: BigInt(validFrom),
      validTo: BigInt(validTo),
    },
    mayAskContract: found.foreign === undefined,
  });
  if (isRefusal(signed)) return signed;
  if (found.foreign) return refuseForeign(account, found.foreign);
  const id = toDelegationId(signed.hash);
  const delegation = await context.desk.run(
    () =>
      enter(context, {
        id,
        network,
        account,
        publicKey,
        validFrom,
        validTo,
        subjects: found.subjects,
        mac: mac ?? false,
      }),
    'first',
  );
  if (isRefusal(delegation)) return delegation;
  if (delegation.revokedAtMs <= now * 1_000) return refuseRevoked(id);
  welcome(source, delegation);
  return {
    code: 'ACCEPTED',
    body: {
      delegation: id,
      counter: delegation.highest,
      slotSeconds: SLOT_SECONDS,
      offsets: nodes.map(toOffset),
      beacon: newest.hash,
      ...(mac ? { macSecret: toMacSecret(context.macKey, id) } : {}),
    },
  };
}

async function enter(context: GatewayContext, session: NewSession): Promise<KnownDelegation | Refusal> {
  const full = await store(context, session);
  if (full) return full;
  const delegation = await context.delegations.reload(session.id);
  if (!delegation) throw new Error(`Assertion failed: the session ${session.id} was stored a moment ago`);
  return delegation;
}

function findTimeFlaw({
  validFrom,
  validTo,
  now,
}: {
  readonly validFrom: number;
  readonly validTo: number;
  readonly now: number;
}): Refusal | undefined {
  if (validTo <= validFrom || validTo - validFrom > MAX_DELEGATION_SECONDS) {
    return malformed(
      `validTo after validFrom, by at most ${MAX_DELEGATION_SECONDS} s (366 days)`,
      `${validTo - validFrom} s`,
    );
  }
  if (validTo > now) return undefined;
  return {
    ...{ code: 'UNAUTHORISED', suspect: true },
    message: `Expected validTo after now (${now}), got ${validTo}: sign a delegation for a time to come.`,
  };
}

/**
 * A delegation is no secret: who has seen one could ask for its MAC secret and then speak for its nodes. So the key itself
 * must ask, and lately.
 */
function findSecretFlaw(
  { macKey }: GatewayContext,
  asked: {
    readonly source: Source;
    readonly publicKey: Hex;
    readonly signature: Hex;
    readonly macProof?: unknown;
    readonly now: number;
  },
): Refusal | undefined {
  const { source, publicKey, signature: granted, now } = asked;
  if (!macKey) {
    return {
      code: 'UNSUPPORTED',
      message:
        'Expected a session without mac, got one with it: the operator has set no HEARTBEAT_MAC_KEY. Sign batches.',
    };
  }
  if (!source.private) {
    return {
      code: 'UNSUPPORTED',
      message:
        'Expected TLS for a session with mac, got a connection that others may read: use https, or sign batches.',
    };
  }
  const proof = readFields(asked.macProof, { sentAt: seconds, signature: bytes(64) }, 'macProof');
  if (isRefusal(proof)) return proof;
  if (Math.abs(now - proof.sentAt) > MAX_AGE_MS / 1_000) {
    return malformed(`macProof.sentAt within ${MAX_AGE_MS / 1_000} s of now (${now})`, String(proof.sentAt));
  }
  const proven = toMacProofBytes(granted, proof.sentAt);
  if (verify(null, proven, toEd25519Key(toBytes(publicKey)), toBytes(proof.signature))) return undefined;
  return {
    ...{ code: 'BAD_SIGNATURE', suspect: true },
    message: `Expected macProof.signature of the session's key over computescan-mac-v1\\n<signature>\\n${proof.sentAt}, got another one: sign exactly this.`,
  };
}

interface NewSession {
  readonly id: Hex;
  readonly network: ServedNetwork;
  readonly account: Hex;
  readonly publicKey: Hex;
  readonly validFrom: number;
  readonly validTo: number;
  readonly subjects: readonly Subject[];
  readonly mac: boolean;
}

/** Only a row that is new counts against its account: a grant that is sent again by whoever has seen it does not. */
async function store(context: GatewayContext, session: NewSession): Promise<Refusal | undefined> {
  const { pool, openings } = context;
  const { id, account, mac } = session;
  const known = await pool.query<{ mac: boolean }>('select mac from delegation where id = $1', [toBytes(id)]);
  if (known.rows[0]) {
    if (mac && !known.rows[0].mac) await pool.query('update delegation set mac = true where id = $1', [toBytes(id)]);
    return undefined;
  }
  if (!openings.hasAny(account)) return refuseMore(context, account);
  openings.take(account);
  if (!(await insert(context, session))) openings.take(account, -1);
  return undefined;
}

/** False: somebody else was faster. */
async function insert({ pool, runtime }: GatewayContext, session: NewSession): Promise<boolean> {
  const { id, network, account, publicKey, validFrom, validTo, subjects, mac } = session;
  const networkId = network.definition.id;
  const keys = await registerNodes(
    pool,
    subjects.map(({ nodeId, providerId }) => ({ nodeId, networkId, providerId })),
  );
  const { rows } = await pool.query<{ isNew: boolean }>(
    `insert into delegation (id, kind, network_id, account, public_key, valid_from, valid_to, mac, nodes, opened_at)
     values ($1, 'session', $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set mac = delegation.mac or excluded.mac returning xmax = 0 as "isNew"`,
    [
      ...[toBytes(id), networkId, toBytes(account), toBytes(publicKey), validFrom, validTo],
      ...[mac, keys, runtime.wallTime()],
    ],
  );
  return rows[0]?.isNew === true;
}

function refuseMore({ openings, limits }: GatewayContext, account: Hex): Refusal {
  return {
    ...{ code: 'RATE_LIMITED', suspect: true },
    message: `Expected at most ${limits.openingsPerMinute} sessions a minute of one account, got more from ${account}: put up to 1,000 nodes into one session, or wait.`,
    retryAfterSeconds: openings.secondsToWait(account),
  };
}

function refuseRevoked(id: Hex): Refusal {
  return {
    ...{ code: 'UNAUTHORISED', suspect: true },
    message: `Expected a delegation that holds, got ${id}, which was revoked: sign another one, with another key if this one is out.`,
  };
}

/**
 * When a node should beat, in ms from the start of its slot: by its id, so that neither a restart of ours nor one of theirs
 * brings them together. The end of the slot is left free for the way here.
 */
export function toOffset(nodeId: string): number {
  const digest = createHash('sha256').update(nodeId).digest();
  return digest.readUInt32BE(0) % (SLOT_MS - LAST_MS);
}

const LAST_MS = 10_000;
