/**
 * The canonical vocabulary: what any protocol's log can mean. Ids are native ids in lower case (the writer makes them
 * public), amounts are base units. An event leaves out what the log does not say: the writer knows a task's job and a
 * job's provider.
 */

export type NativeId = string;

export interface ProviderAttributes {
  readonly owner?: string;
  readonly name?: string;
  readonly uri?: string;
  readonly active?: boolean;
  readonly terms?: Readonly<Record<string, string>>;
}

/** What is known of a machine; an update names what it changes. */
export interface NodeAttributes {
  readonly active?: boolean;
  /** As the protocol writes it: an ISO country, a cloud's region, a data centre's id. */
  readonly region?: string;
  readonly gpuModel?: string;
  readonly gpuCount?: number;
  /** Of one GPU, in MiB. */
  readonly vramMb?: number;
  readonly uri?: string;
  readonly terms?: Readonly<Record<string, string>>;
}

/** What a price is per. Only the first two say what an hour costs. */
export type PriceUnit = 'second' | 'hour' | 'task' | 'token' | 'pixel' | 'epoch';

/** advertised: asked by the provider; bid: offered by a buyer; settled: agreed on, or paid. */
export type PriceBasis = 'advertised' | 'bid' | 'settled';

/**
 * deposited and withdrawn: the buyer's money came and went; spent: it became somebody's pay; moved: between two accounts,
 * or between an account's free money and what is set aside for a job.
 */
export type EscrowChangeKind = 'deposited' | 'withdrawn' | 'spent' | 'moved';

export type VerificationMechanism = 'consensus' | 'proof' | 'tee' | 'acknowledgement';

/**
 * locked: stake put down; unlocking: on its way out; unlocked: free again; withdrawn: left the protocol;
 * rewarded: grown by the protocol; credited: a share of an earlier reward booked to its owner; moved: changed hands or
 * provider; slashed: taken as a punishment.
 */
export type StakeChangeKind =
  | 'locked'
  | 'unlocking'
  | 'unlocked'
  | 'withdrawn'
  | 'rewarded'
  | 'credited'
  | 'moved'
  | 'slashed';

/**
 * Who was paid, and for what. Only the first four are pay for work and count in totals: `bonus` is a share of others'
 * penalties, `penalty` the penalty itself on its way, `fee` what the protocol keeps, `withdrawal` moves what was paid
 * before.
 */
export type PayoutRole = 'provider' | 'worker' | 'application' | 'dataset' | 'bonus' | 'penalty' | 'fee' | 'withdrawal';

export const rolesForWork: ReadonlySet<PayoutRole> = new Set(['provider', 'worker', 'application', 'dataset']);

export type CanonicalEvent =
  | { readonly kind: 'providerUpdated'; readonly provider: NativeId; readonly attributes: ProviderAttributes }
  | {
      readonly kind: 'jobCreated';
      readonly job: NativeId;
      /**
       * Told again by a later log, for protocols whose first word may be off chain: a job that is known stays as it is,
       * and only gets `provider` where it has none yet.
       */
      readonly restated?: true;
      readonly provider?: NativeId;
      readonly buyer?: string;
      /** One per task, in order. */
      readonly tasks: readonly { readonly task: NativeId; readonly position: number }[];
      /** What the buyer pays per unit, and how much of it is the provider's own price. */
      readonly price?: {
        readonly amount: bigint;
        /** Absent: not told. */
        readonly providerAmount?: bigint;
        readonly unit: PriceUnit;
        /** Decimals of both amounts; absent: those of the work token. */
        readonly scale?: number;
      };
      /** Absent, and so is the next: no end was agreed. */
      readonly deadline?: Date;
      /** How long after its block the deadline is, where the logs tell no more. */
      readonly deadlineAfterSeconds?: number;
      readonly attributes: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'jobAssigned'; readonly job: NativeId; readonly provider: NativeId }
  | { readonly kind: 'taskStarted'; readonly task: NativeId }
  | { readonly kind: 'taskAttempted'; readonly task: NativeId; readonly node: NativeId }
  | {
      readonly kind: 'taskVerified';
      readonly task: NativeId;
      readonly mechanism: VerificationMechanism;
      /** Absent: a verdict about the task; present: about that node's part in it. */
      readonly node?: NativeId;
      readonly result: 'reached' | 'revealed' | 'accepted' | 'rejected';
    }
  | { readonly kind: 'taskReopened'; readonly task: NativeId }
  | { readonly kind: 'taskCompleted'; readonly task: NativeId }
  | { readonly kind: 'taskFailed'; readonly task: NativeId }
  | {
      readonly kind: 'paid';
      readonly task?: NativeId;
      /** Whose earnings these are; `ofTask`: of the provider that runs the task. */
      readonly provider?: NativeId | 'ofTask';
      readonly node?: NativeId;
      readonly role: PayoutRole;
      readonly payer?: string;
      /** Absent: the provider itself, where a log names the job alone. */
      readonly recipient?: string;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'stakeChanged';
      readonly change: StakeChangeKind;
      /** Absent: the provider itself, where a log names the task alone. */
      readonly account?: string;
      readonly amount: bigint;
      /** Signed effect on the provider's bonded stake; without a provider on the network's alone. */
      readonly delta: bigint;
      /** Whose stake it is; `ofTask`: of the provider that runs the task. */
      readonly provider?: NativeId | 'ofTask';
      readonly node?: NativeId;
      readonly task?: NativeId;
    }
  | {
      readonly kind: 'nodeUpdated';
      readonly node: NativeId;
      /** Who runs it, where the log says so. */
      readonly provider?: NativeId;
      readonly attributes: NodeAttributes;
    }
  | {
      readonly kind: 'priced';
      /** Whose price it is; `ofTask`: of the provider that runs `job`. A bid names none that is not known by then. */
      readonly provider?: NativeId | 'ofTask';
      /** Who signed it, where anybody may publish it: it counts only if they own the provider at that point. */
      readonly signer?: string;
      readonly node?: NativeId;
      readonly job?: NativeId;
      readonly basis: PriceBasis;
      readonly unit: PriceUnit;
      /** What of it is priced, where one provider prices several things: `input`, `output`, `vcpu`, an instance type. */
      readonly resource?: string;
      readonly amount: bigint;
      /** Decimals of the amount; absent: those of the work token. */
      readonly scale?: number;
    }
  | {
      readonly kind: 'escrowChanged';
      readonly change: EscrowChangeKind;
      /** Whose money it is: the buyer's address. */
      readonly account?: string;
      /** Which of the account's balances, where the protocol keeps several: one for each provider, say. */
      readonly subaccount?: string;
      readonly job?: NativeId;
      /** Stands for its job, where a log names the task alone. */
      readonly task?: NativeId;
      readonly amount: bigint;
      /** Signed effect on what the protocol holds for the account and job. */
      readonly delta: bigint;
    }
  | {
      /** A balance as the log itself says it, after all that the log changes. Changes nothing: it is held against them. */
      readonly kind: 'balanceStated';
      readonly of: 'stake' | 'escrow';
      readonly account: string;
      readonly subaccount?: string;
      readonly amount: bigint;
    }
  | {
      /** A rule of the protocol: a fee, a minimum stake, a waiting time. */
      readonly kind: 'parameterChanged';
      readonly name: string;
      readonly value: string;
    }
  | {
      /** What a price feed of the chain said. Not above zero: no answer, and kept all the same. */
      readonly kind: 'feedAnswered';
      /** Its proxy. */
      readonly feed: string;
      readonly aggregator: string;
      /** Of the proxy, where it is known. */
      readonly phase?: number | undefined;
      /** The aggregator's own. */
      readonly roundId: bigint;
      /** USD for one token, times 10 to the power of `decimals`. */
      readonly answer: bigint;
      /** Unix seconds, as the feed says. */
      readonly updatedAt: bigint;
      readonly decimals: number;
    };

export type EventKind = CanonicalEvent['kind'];
