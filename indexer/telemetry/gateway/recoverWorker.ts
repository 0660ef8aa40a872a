import {
  type Anchor,
  type HeartbeatMessage,
  type HeartbeatType,
  hashMessage,
} from '../../../schema/heartbeat/typedData.js';
import type { Hex } from '../../../schema/lib/hex.js';
import { recoverSigner } from '../../../schema/lib/recoverSigner.js';

/** What an account is said to have signed. */
export interface RecoveryTask<T extends HeartbeatType = HeartbeatType> {
  readonly anchor: Anchor;
  readonly type: T;
  readonly message: HeartbeatMessage<T>;
  readonly signature: Hex;
}

export interface Recovery {
  /** What was signed, 32 bytes. */
  readonly hash: Hex;
  /** In lower case; undefined where the signature is nobody's. */
  readonly signer: Hex | undefined;
}

/** Runs on a thread of its own: 1.5 ms a piece. */
export default async function recover({ anchor, type, message, signature }: RecoveryTask): Promise<Recovery> {
  const hash = hashMessage(anchor, type, message);
  return { hash, signer: await recoverSigner(hash, signature) };
}
