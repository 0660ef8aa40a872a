import type { KeyObject } from 'node:crypto';
import type { Hex } from '../lib/hex.js';
import type { Beat } from './parseBatch.js';
import type { SealedBatch } from './sealBatch.js';
import type { PostAnswer } from './sendPolicy.js';
import type { Anchor, toTypedData } from './typedData.js';
import type { BatchAnswer, VerdictCode } from './verdicts.js';

/** Sends one request to the gateway. Rejects when it is out of reach; any answer resolves. */
export type Post = (path: string, headers: Readonly<Record<string, string>>, body: string) => Promise<PostAnswer>;

/** As `Runtime` of the indexer has it. */
export interface SenderRuntime {
  /** Milliseconds that only ever grow. */
  now(): number;
  wallTime(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  random(): number;
}

export type SignTypedData = (typedData: ReturnType<typeof toTypedData>) => Promise<Hex>;

/** A `Delegate` that was signed. Times in unix seconds. */
export interface Grant {
  readonly validFrom: number;
  readonly validTo: number;
  readonly signature: Hex;
}

export interface SenderOptions {
  readonly network: string;
  /** `toAnchor` of the network. */
  readonly anchor: Anchor;
  /** Who grants the session: the node's account or its operator's. */
  readonly account: Hex;
  /** Public ids; beats name them by their position here. */
  readonly nodes: readonly string[];
  /** Ed25519; it signs the batches. */
  readonly privateKey: KeyObject;
  /** Signs when a session is needed; or what was signed elsewhere, which cannot be renewed here. */
  readonly grant: { readonly sign: SignTypedData; readonly validSeconds?: number } | Grant;
  readonly post: Post;
  /**
   * Asks the gateway for a new beacon; undefined where it gives none. Used on chains whose blocks come so fast that the beacon
   * of the last answer is old a minute later. Left out, such batches are refused first and signed again.
   */
  readonly findBeacon?: () => Promise<Hex | undefined>;
  readonly runtime: SenderRuntime;
  /** Asks for a secret and sends MACs, where the gateway has them. Over TLS only. */
  readonly mac?: boolean;
  /** What `save` was given last, before a restart. */
  readonly state?: SenderState;
  /** Must have stored it durably when it resolves: a batch leaves only after that. */
  readonly save?: (state: SenderState) => Promise<void>;
  readonly tell?: (event: SenderEvent) => void;
  /** Requests at a time; one lane is always left to batches that never failed. */
  readonly lanes?: number;
}

/** What a restart needs so that no counter is used twice and no beat is said twice. */
export interface SenderState {
  readonly network: string;
  readonly account: Hex;
  readonly publicKey: Hex;
  readonly nodes: readonly string[];
  readonly grant?: Grant;
  readonly delegation?: Hex;
  /** The last one that was used. */
  readonly counter: number;
  /** For the newest slots, which nodes have a beat already. */
  readonly recent: readonly RecentSlot[];
  /** The newest slot of which the gateway has beats. */
  readonly newestTaken?: number;
  readonly waiting: readonly StoredBatch[];
}

export interface RecentSlot {
  readonly slot: number;
  readonly nodes: readonly number[];
}

/** A batch without an answer yet; sealed once it has a counter. */
export interface StoredBatch {
  readonly beats: readonly Beat[];
  readonly sealed?: SealedBatch & { readonly delegation: Hex };
}

/** What has become of a batch. `kept`: the sender was closed before; it waits in the state. */
export type SendOutcome =
  | { readonly kind: 'taken'; readonly answer: BatchAnswer }
  | { readonly kind: 'dropped'; readonly reason: string; readonly code?: VerdictCode }
  | { readonly kind: 'kept' };

export type SenderEvent =
  | { readonly kind: 'opened'; readonly delegation: Hex; readonly grant: Grant; readonly clockOffsetMs: number }
  /** The gateway does not open the session; asked again later. */
  | { readonly kind: 'refused'; readonly code?: VerdictCode; readonly message: string }
  | {
      readonly kind: 'taken';
      readonly beats: readonly Beat[];
      readonly answer: BatchAnswer;
      readonly rttMs: number;
      /** How far the gateway's clock is ahead of ours. */
      readonly clockOffsetMs: number;
    }
  | { readonly kind: 'dropped'; readonly beats: readonly Beat[]; readonly reason: string; readonly code?: VerdictCode }
  /** An attempt that is made again after `waitMs`. */
  | { readonly kind: 'failed'; readonly message: string; readonly failures: number; readonly waitMs: number }
  /** The state could not be stored; sending goes on. */
  | { readonly kind: 'unsaved'; readonly message: string };
