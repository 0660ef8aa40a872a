import type { Hex } from '../../schema/lib/hex.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { CanonicalEvent } from './CanonicalEvent.js';

export interface Header {
  readonly height: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly time: Date;
}

/** A log as a node gives it; addresses and hashes in lower case. */
export interface RawLog {
  readonly height: number;
  readonly blockHash: Hex;
  readonly txHash: Hex;
  readonly txIndex: number;
  readonly logIndex: number;
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** The name of a log of a known contract whose event is in no ABI of ours: anonymous, or added by an upgrade. */
export const UNKNOWN_EVENT = 'unknown';

export type Arguments = Readonly<Record<string, unknown>>;

export interface DecodedLog {
  readonly log: RawLog;
  readonly network: Network;
  readonly role: string;
  readonly name: string;
  readonly args: Arguments;
}

/** What a decoded log came to mean; no events: a known log without a canonical meaning, kept raw. */
export interface AdaptedLog {
  readonly decoded: DecodedLog;
  readonly events: readonly CanonicalEvent[];
  /** Whom a log without meaning speaks of, so that it still shows on their page. */
  readonly subject?: Subject;
  /** True for what anybody may say in another's name, where nothing proves that it was they: no events follow from it. */
  readonly unverified?: true;
}

export interface Subject {
  readonly provider?: string;
  readonly node?: string;
  readonly job?: string;
  readonly task?: string;
}

/** A log that could not be decoded or adapted, kept raw with the reason. */
export interface BrokenLog {
  readonly log: RawLog;
  readonly network: Network;
  readonly stage: 'decode' | 'adapt';
  readonly reason: string;
}

/** A contract that a log announced; its own logs count from that log on. */
export interface ContractAnnouncement {
  readonly address: Hex;
  readonly networkId: string;
  /** Which of the manifest's event lists it is decoded by. */
  readonly role: string;
  readonly height: number;
  readonly logIndex: number;
}
