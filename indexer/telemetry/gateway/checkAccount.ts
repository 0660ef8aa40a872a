import type { HeartbeatMessage, HeartbeatType } from '../../../schema/heartbeat/typedData.js';
import { RetryableError, toMessage } from '../../../schema/lib/errors.js';
import type { Hex } from '../../../schema/lib/hex.js';
import type { Refusal } from './Answer.js';
import { askContract } from './askContract.js';
import type { Lane } from './createWorkQueue.js';
import type { GatewayContext, ServedNetwork } from './Gateway.js';
import { refuseWithoutBlocks } from './judgeBeacon.js';
import { parseAccountSignature } from './parseAccountSignature.js';

export interface AccountClaim<T extends HeartbeatType> {
  readonly network: ServedNetwork;
  readonly account: Hex;
  readonly type: T;
  readonly message: HeartbeatMessage<T>;
  readonly signature: Hex;
  readonly lane: Lane;
  /** Whether a contract may be asked: it costs a request to the chain, so nobody may have it done for a stranger. */
  readonly mayAskContract: boolean;
}

/** The hash that the account signed, by its own key or, for a contract, by EIP-1271 at the newest known block. */
export async function checkAccount<T extends HeartbeatType>(
  context: GatewayContext,
  claim: AccountClaim<T>,
): Promise<{ readonly hash: Hex } | Refusal> {
  const { network, account, type, message, signature, lane, mayAskContract } = claim;
  const { anchor } = network;
  const parsed = parseAccountSignature(signature);
  const own = 'signature' in parsed ? parsed.signature : undefined;
  if (!own && !mayAskContract && 'expected' in parsed) return refuse(`a signature of ${parsed.expected}`, parsed.got);
  // A contract's signature of another form needs the hash all the same.
  const task = { anchor, type, message, signature: own ?? NOBODYS };
  const { hash, signer } = await context.recoveries.recover(task, lane);
  if (own && signer === account) return { hash };
  const got = 'expected' in parsed ? parsed.got : (signer ?? "nobody's");
  const expected = `a signature of ${account} over ${type} in the domain of chain ${anchor.chainId} and contract ${anchor.verifyingContract}`;
  if (!mayAskContract) return refuse(expected, got);
  const { contracts, beacons, log } = context;
  if (!contracts?.canAsk(anchor.chainId)) {
    return refuse(
      expected,
      `${got}, and if the account is a contract, this gateway cannot ask it (its operator has named no endpoint of chain ${anchor.chainId} in RPC_URLS)`,
    );
  }
  const block = beacons.findNewest(anchor.chainId);
  if (!block) return refuseWithoutBlocks(anchor.chainId);
  const asked = { chainId: anchor.chainId, account, hash, signature, blockHash: block.hash };
  try {
    const isTaken = await context.contractCalls.run(() => askContract(contracts, asked), lane);
    return isTaken ? { hash } : refuse(expected, `${got}, and no contract that takes it`);
  } catch (thrown) {
    if (!(thrown instanceof RetryableError)) throw thrown;
    log.warn(`A request was put off: ${toMessage(thrown)}`);
    return refuseUnasked(anchor.chainId);
  }
}

/** Of the right form, and of no point on the curve. */
const NOBODYS: Hex = `0x${'0'.repeat(128)}1b`;

function refuse(expected: string, got: string): Refusal {
  return {
    ...{ code: 'BAD_SIGNATURE', suspect: true },
    message: `Expected ${expected}, got ${got}: sign the typed data of docs/heartbeat.md anew.`,
  };
}

/** Whoever names a contract that makes endpoints fail may do so only as often as he may fail otherwise. */
function refuseUnasked(chainId: number): Refusal {
  return {
    ...{ code: 'BUSY', suspect: true, retryAfterSeconds: 1 },
    message: `Expected an endpoint of chain ${chainId} to say whether the contract takes the signature, and none can for now: send the same again later.`,
  };
}
