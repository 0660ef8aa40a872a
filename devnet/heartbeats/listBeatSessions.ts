import { createHash, type KeyObject } from 'node:crypto';
import { toAnchor } from '../../schema/heartbeat/anchor.js';
import { toPrivateKey, toPublicKeyHex } from '../../schema/heartbeat/sealBatch.js';
import { hashMessage, toDelegationId, toTypedData } from '../../schema/heartbeat/typedData.js';
import type { Hex } from '../../schema/lib/hex.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { nodes, providers } from '../computeMarket/cast.js';
import { listNodes, toAccount } from '../computeMarket/lookups.js';
import { toAnvilAccount } from '../toAnvilAccount.js';
import type { DevnetOrigin } from './listLives.js';

export const networkId = 'compute-market-devnet';

/** One session for each provider, over all its nodes: an operator that signs once for its machines. */
export interface BeatSession {
  /** Position in the cast. */
  readonly provider: number;
  /** Of the provider; anvil knows its key, and so does everybody. */
  readonly account: Hex;
  readonly publicKey: Hex;
  readonly privateKey: KeyObject;
  /** Unix s. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Public ids, in the order of the cast. */
  readonly nodeIds: readonly string[];
  /** Of the `Delegate` that these make. */
  readonly signature: Hex;
  readonly delegation: Hex;
}

/**
 * The sessions of the devnet at a time (unix s; the end of its history when left out), in the order of the cast. All of it is
 * a function of seed and times: a restart goes on with the same delegations, and the history bears them as well.
 */
export async function listBeatSessions(origin: DevnetOrigin, at = origin.endsAt): Promise<readonly BeatSession[]> {
  const validFrom = origin.startsAt + Math.floor((at - origin.startsAt) / renewS) * renewS;
  return await Promise.all(providers.map((_, provider) => signSession(origin.seed, provider, validFrom)));
}

/** `compute-market-devnet:0x…`, as the explorer knows the node. */
export function toNodeId(node: number): string {
  return `${networkId}:${nodes[node]?.id ?? ''}`;
}

/** A provider's account signs on its behalf. */
export function toProviderAccount(provider: number) {
  return toAnvilAccount(toAccount(provider));
}

/** A gateway takes no longer one. */
const validS = 366 * 86_400;
/** A session is signed anew while the one before it still holds. */
const renewS = 360 * 86_400;

async function signSession(seed: number, provider: number, validFrom: number): Promise<BeatSession> {
  const account = toProviderAccount(provider);
  const privateKey = toSessionKey(seed, provider);
  const publicKey = toPublicKeyHex(privateKey);
  const nodeIds = listNodes(provider).map(toNodeId);
  const validTo = validFrom + validS;
  const anchor = toAnchor(getNetwork(networkId).definition);
  const message = {
    ...{ node: toLower(account.address), ed25519Pub: publicKey },
    ...{ validFrom: BigInt(validFrom), validTo: BigInt(validTo), scope: nodeIds },
  };
  const signature = await account.signTypedData(toTypedData(anchor, 'Delegate', message));
  const delegation = toDelegationId(hashMessage(anchor, 'Delegate', message));
  return { provider, account: message.node, publicKey, privateKey, validFrom, validTo, nodeIds, signature, delegation };
}

/** Known to everybody, like the accounts: these keys protect nothing. */
function toSessionKey(seed: number, provider: number): KeyObject {
  return toPrivateKey(createHash('sha256').update(`computescan origin, seed ${seed}, session ${provider}`).digest());
}

function toLower(address: Hex): Hex {
  return address.toLowerCase() as Hex;
}
