import type { Hex } from '../../../schema/lib/hex.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import type { Refusal } from './Answer.js';
import type { GatewayContext } from './Gateway.js';
import { MAX_BEACON_LAG } from './limits.js';

/** Undefined: the block is one of the newest of the network's chain. */
export function judgeBeacon(
  { beacons }: GatewayContext,
  { network, beacon }: { readonly network: Network; readonly beacon: Hex },
): Refusal | undefined {
  const { chainId } = network.definition;
  const newest = beacons.findNewest(chainId);
  if (!newest) return refuseWithoutBlocks(chainId);
  const verdict = beacons.judge(chainId, beacon);
  if (verdict === 'good') return undefined;
  const expected = `Expected the hash of one of the newest ${MAX_BEACON_LAG} blocks of chain ${chainId}`;
  const remedy = 'sign the same beats under the next counter with the beacon of this answer.';
  if (verdict === 'old') {
    return {
      ...{ code: 'BEACON_OLD', beacon: newest.hash, suspect: true },
      message: `${expected}, got an older one: ${remedy}`,
    };
  }
  return {
    ...{ code: 'BEACON_UNKNOWN', beacon: newest.hash, suspect: true },
    message: `${expected}, got ${beacon}, which is none that this gateway knows: ${remedy}`,
  };
}

export function refuseWithoutBlocks(chainId: number): Refusal {
  return {
    code: 'BUSY',
    message: `Expected blocks of chain ${chainId}, found none: the indexer has not followed it yet. Send again later.`,
    retryAfterSeconds: 10,
  };
}
