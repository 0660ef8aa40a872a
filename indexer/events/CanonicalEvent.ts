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
 * penalties, `penalty` the penalty itself on its way, `withdrawal` moves what was paid before.
 */
export type PayoutRole = 'provider' | 'worker' | 'application' | 'dataset' | 'bonus' | 'penalty' | 'withdrawal';

export const rolesForWork: ReadonlySet<PayoutRole> = new Set(['provider', 'worker', 'application', 'dataset']);

export type CanonicalEvent =
  | { readonly kind: 'providerUpdated'; readonly provider: NativeId; readonly attributes: ProviderAttributes }
  | {
      readonly kind: 'jobCreated';
      readonly job: NativeId;
      readonly provider?: NativeId;
      readonly buyer?: string;
      /** One per task, in order. */
      readonly tasks: readonly { readonly task: NativeId; readonly position: number }[];
      /** What the buyer pays per unit, and how much of it is the provider's own price. */
      readonly price?: { readonly amount: bigint; readonly providerAmount: bigint; readonly unit: 'task' };
      readonly deadline?: Date;
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
      readonly recipient: string;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'stakeChanged';
      readonly change: StakeChangeKind;
      readonly account: string;
      readonly amount: bigint;
      /** Signed effect on the provider's bonded stake. */
      readonly delta: bigint;
      /** Whose stake it is; `ofTask`: of the provider that runs the task. */
      readonly provider?: NativeId | 'ofTask';
      readonly node?: NativeId;
      readonly task?: NativeId;
    };

export type EventKind = CanonicalEvent['kind'];
