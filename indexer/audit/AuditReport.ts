/** What an audit found of a chain; without findings, what it looked at holds. */
export interface ChainAudit {
  readonly chainId: number;
  readonly name: string;
  /** Last block that was looked at. */
  readonly height: number;
  readonly ranges: readonly AuditedRange[];
  /** Names of the invariants that were checked, and how many rows broke each. */
  readonly checks: readonly { readonly name: string; readonly broken: number }[];
  readonly findings: readonly Finding[];
  /** Why something could not be looked at. */
  readonly notes: readonly string[];
}

export interface AuditedRange {
  readonly from: number;
  readonly to: number;
  /** Logs in it, as the endpoint has them. */
  readonly logs: number;
  readonly endpoint: string;
  /** How far this answer was proven. */
  readonly level: string;
}

export type Finding =
  | {
      /** Of a log: the endpoint has one that is not stored, the store has one that the endpoint does not, or they differ. */
      readonly kind: 'missing' | 'extra' | 'different';
      readonly height: number;
      readonly logIndex: number;
      readonly detail: string;
    }
  | {
      readonly kind: 'invariant';
      readonly name: string;
      readonly subject: string;
      readonly height: number | null;
      readonly detail: string;
    };
