import type { OutcomeKind } from '../jobs/Outcome.js';

/**
 * All that the scores of a network's providers are made of, as of any time: facts and readings in the order of time, nothing
 * added up. Two paths make it, from what is rolled up and from raw facts, and the scores must be the same.
 * Times are unix seconds, money is base units of the work token, days and hours are whole ones of unix time.
 */
export interface NetworkRecord {
  readonly networkId: string;
  /** What the network records; a component that it does not record has no weight. */
  readonly records: { readonly jobs: boolean; readonly deadlines: boolean; readonly heartbeats: boolean };
  /** A fee of this much makes a job count in full; null: every job does. */
  readonly feeReference: bigint | null;
  readonly providers: readonly ProviderRecord[];
  readonly buyers: readonly BuyerRecord[];
  /** By `knownFrom`, then place on the chain, then task and part. */
  readonly outcomes: readonly OutcomeRecord[];
  /** Tasks that are being worked on and have a deadline: a promise that may be missed while they run. */
  readonly running: readonly RunningRecord[];
  /** Value from buyers to providers, for the circulation: pay for work. */
  readonly payments: readonly PaymentRecord[];
  readonly slots: readonly SlotsRecord[];
  readonly incidents: readonly IncidentRecord[];
}

export interface ProviderRecord {
  readonly id: string;
  /** When it was first seen. */
  readonly bornAt: number;
  /** Accounts that are its own by its own acts, each with the time from which that shows; lower case. */
  readonly accounts: readonly AccountRecord[];
  /** GPU models of its machines as of a time: the class of the most GPUs counts. Ascending by `from`. */
  readonly hardware: readonly { readonly from: number; readonly model: string | null }[];
}

export interface BuyerRecord {
  readonly id: string;
  /** Itself, and whoever paid for its jobs. */
  readonly accounts: readonly AccountRecord[];
}

export interface AccountRecord {
  readonly account: string;
  readonly from: number;
  /** By which act it shows. */
  readonly reason: 'self' | 'owner' | 'recipient' | 'staker' | 'delegate' | 'payer';
}

export interface OutcomeRecord {
  readonly taskId: string;
  readonly part: number;
  readonly provider: string;
  readonly buyer: string | null;
  readonly kind: OutcomeKind;
  readonly knownFrom: number;
  readonly knownTo: number | null;
  /** `<chain>-<height>-<log>` of the event that says it; null: it follows from a deadline. */
  readonly eventId: string | null;
  readonly deadline: number | null;
  readonly fee: bigint | null;
  /** From when on the fee is known, unix seconds: pay may come long after the work. Left out: with the outcome. */
  readonly feeFrom?: number | null;
}

export interface RunningRecord {
  readonly taskId: string;
  readonly provider: string;
  readonly buyer: string | null;
  readonly assignedAt: number;
  readonly deadline: number;
  /** When it came to an end or changed hands; null: it runs still. */
  readonly endedAt: number | null;
}

export interface PaymentRecord {
  readonly buyer: string;
  readonly provider: string;
  readonly at: number;
  readonly amount: bigint;
}

/** Of a provider's nodes together, one UTC day. */
export interface SlotsRecord {
  readonly provider: string;
  readonly day: number;
  readonly up: number;
  readonly known: number;
  readonly maintenance: number;
  readonly maintenanceUp: number;
  /** Outages that began in it, and that ended in it. */
  readonly failures: number;
  readonly repairs: number;
}

export interface IncidentRecord {
  readonly provider: string;
  readonly kind: 'slash' | 'equivocation' | 'clone' | 'counterReused' | 'hardware' | 'frozen';
  readonly at: number;
  /** An event's id, or `<node>/<day>` of a flag. */
  readonly evidenceId: string;
}
