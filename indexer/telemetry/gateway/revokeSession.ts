import { verify } from 'node:crypto';
import { toRevocationBytes } from '../../../schema/heartbeat/keySigned.js';
import { MAX_AGE_MS } from '../../../schema/heartbeat/slots.js';
import { type Hex, toBytes } from '../../../schema/lib/hex.js';
import { type Answer, isRefusal, type Refusal } from './Answer.js';
import { checkAccount } from './checkAccount.js';
import { refuseNetwork } from './checkScope.js';
import type { Lane } from './createWorkQueue.js';
import type { GatewayContext, Received } from './Gateway.js';
import { chargeSource, guardWork, trust } from './guardWork.js';
import type { KnownDelegation } from './KnownDelegation.js';
import { address, bytes, parseJson, readFields, seconds, signature, text } from './readFields.js';

/** `POST /v1/revocations`: the account, or the key itself, ends a delegation. Once ended earlier, it stays so. */
export async function revokeSession(context: GatewayContext, received: Received): Promise<Answer> {
  return guardWork(context, {
    source: received.source,
    work: async (lane) => revoke(context, { ...received, given: parseJson(received.body), lane }),
  });
}

const fields = { network: text, account: address, delegation: bytes(16), revokedAt: seconds, signature } as const;

async function revoke(
  context: GatewayContext,
  asked: Received & { readonly given: unknown; readonly lane: Lane },
): Promise<Answer> {
  const wanted = readFields(asked.given, fields);
  if (isRefusal(wanted)) return wanted;
  const network = context.networks.get(wanted.network);
  if (!network) return refuseNetwork(context, wanted.network);
  const flood = chargeSource(context, asked.source, 0);
  if (flood) return flood;
  const delegation = await context.delegations.find(wanted.delegation);
  if (!delegation || delegation.network !== network) return refuseUnknown(wanted.delegation);
  if (delegation.account !== wanted.account) return refuseOther(wanted.account);
  const refusal = await checkSignature(context, { ...wanted, held: delegation, lane: asked.lane });
  if (refusal) return refusal;
  trust(context, asked.source);
  const revokedAt = await context.desk.run(
    () => store(context, { id: delegation.id, asked: wanted.revokedAt }),
    'first',
  );
  delegation.revokedAtMs = revokedAt * 1_000;
  return { code: 'ACCEPTED', body: { delegation: delegation.id, revokedAt } };
}

async function checkSignature(
  context: GatewayContext,
  claim: {
    readonly held: KnownDelegation;
    readonly account: Hex;
    readonly delegation: Hex;
    readonly revokedAt: number;
    readonly signature: Hex;
    readonly lane: Lane;
  },
): Promise<Refusal | undefined> {
  const { held, account, delegation, revokedAt, lane } = claim;
  const { publicKey } = held;
  const bytes = toBytes(claim.signature);
  if (publicKey && bytes.length === 64 && verify(null, toRevocationBytes(delegation, revokedAt), publicKey, bytes)) {
    return undefined;
  }
  const network = context.networks.get(held.network.definition.id);
  if (!network) return refuseUnknown(delegation);
  const message = { node: account, delegation, revokedAt: BigInt(revokedAt) };
  const signed = await checkAccount(context, {
    ...{ network, account, type: 'Revoke', message, signature: claim.signature, lane, mayAskContract: true },
  });
  return isRefusal(signed) ? signed : undefined;
}

/**
 * What was taken stays, and nothing older than the window comes in any more: so no time before it need be told apart, and
 * gateways need look back no further for what others revoked. After its end a delegation needs no revocation.
 */
async function store(
  { pool, runtime }: GatewayContext,
  { id, asked }: { readonly id: Hex; readonly asked: number },
): Promise<number> {
  const earliest = Math.floor((runtime.wallTime().getTime() - MAX_AGE_MS) / 1_000);
  const { rows } = await pool.query<{ revoked_at: number | string }>(
    'update delegation set revoked_at = least(revoked_at, $2, valid_to) where id = $1 returning revoked_at',
    [toBytes(id), Math.max(asked, earliest)],
  );
  return Number(rows[0]?.revoked_at);
}

function refuseUnknown(delegation: Hex): Refusal {
  return {
    ...{ code: 'UNREGISTERED', suspect: true },
    message: `Expected a delegation of this network that was opened here, got ${delegation}: nothing is left to revoke.`,
  };
}

function refuseOther(account: Hex): Refusal {
  return {
    ...{ code: 'UNAUTHORISED', suspect: true },
    message: `Expected the account that granted the delegation, got ${account}: only that account or the key itself can revoke it.`,
  };
}
