import { availableParallelism } from 'node:os';

/** What a gateway takes, and from where on it says no. `docs/heartbeat.md` gives the same figures. */
export const defaultLimits = {
  /** Failures before a signature was found good, for each /24 or /48: so many at once, so many a second. */
  failures: 200,
  failuresPerSecond: 50,
  /** The same for each delegation that is named, and only for sources that were never good for it. */
  namedFailures: 20,
  namedFailuresPerSecond: 5,
  /**
   * Nodes that openings, notices and revocations name, from each /24 or /48, with 10 more for each request: so many at once,
   * so many a second.
   */
  requestedNodes: 40_000,
  requestedNodesPerSecond: 1_000,
  /** Beats that reach the writer, of a session, for each node that it has: so many at once, so many a minute. */
  beatsPerNode: 10,
  beatsPerNodeMinute: 6,
  /** New sessions of one account: so many at once, so many a minute. Each is a row that stays. */
  openings: 2_000,
  openingsPerMinute: 60,
  /** Signatures of keys that are checked at a time, and that wait, of known senders and of others. */
  activeChecks: 16,
  waitingChecks: 4_096,
  waitingStrangers: 512,
  /** The same for signatures of accounts, each of which takes twenty times as long; one core is left to the rest. */
  activeRecoveries: Math.max(1, availableParallelism() - 1),
  waitingRecoveries: 256,
  waitingStrangeRecoveries: 64,
  /** Contracts that are asked for a signature. */
  activeContractCalls: 2,
  waitingContractCalls: 16,
  /** Questions of openings, notices and revocations at a time: they ask the database before anybody is known. */
  activeDesk: 8,
  /** Questions to the database for sessions that are named for the first time. */
  activeLookups: 4,
  waitingLookups: 2_048,
  /** The same for nodes of signed beats; as many at a time. */
  waitingSubjects: 512,
  /** Connections at a time. Beyond, new ones are closed at once: each costs some kilobytes, used or not. */
  connections: 20_000,
  /** Sessions that are held in memory. */
  sessions: 200_000,
};

export type GatewayLimits = Readonly<typeof defaultLimits>;

/** How far a counter may lie behind the highest one. */
export const MAX_COUNTER_LAG = 1_024;
/** How many blocks a beacon may lie behind the newest one. */
export const MAX_BEACON_LAG = 128;
/** Lists of up to 1,000 ids of nodes take more than a batch. */
export const MAX_SCOPE_BYTES = 256 * 1_024;
export const MAX_SCOPE = 1_000;
export const MAX_DELEGATION_SECONDS = 366 * 86_400;
