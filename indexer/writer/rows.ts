/** The rows of the tables that a batch appends to or creates nouns in; property names are column names. */

export interface FactKey {
  readonly chain_id: number;
  readonly height: number;
  readonly log_index: number;
  readonly part: number;
}

export interface EventRow extends Omit<FactKey, 'part'> {
  readonly tx_index: number;
  readonly block_hash: string;
  readonly tx_hash: string;
  readonly time: Date;
  readonly network_id: string;
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly name: string;
  readonly kind: string;
  readonly args: unknown;
  provider_id: string | null;
  node_id: string | null;
  job_id: string | null;
  task_id: string | null;
}

export interface NounRow {
  readonly id: string;
  readonly network_id: string;
  readonly chain_id: number;
  readonly native_id: string;
  readonly height: number;
  readonly time: Date;
}

export interface JobRow extends NounRow {
  readonly provider_id: string | null;
  readonly buyer: string | null;
  readonly status: string;
  readonly volume: number;
  readonly price: string | null;
  readonly provider_price: string | null;
  readonly price_token: string | null;
  readonly price_unit: string | null;
  readonly attributes: unknown;
  readonly deadline: Date | null;
}

export interface TaskRow {
  readonly id: string;
  readonly job_id: string;
  readonly network_id: string;
  readonly chain_id: number;
  readonly native_id: string;
  readonly position: number;
  readonly status: string;
  readonly height: number;
}

export interface JobStepRow extends FactKey {
  readonly job_id: string;
  readonly task_id: string | null;
  readonly node_id: string | null;
  readonly kind: string;
  readonly time: Date;
  readonly tx_hash: string;
  readonly detail: unknown;
}

export interface AttemptRow extends FactKey {
  readonly task_id: string;
  readonly job_id: string;
  readonly provider_id: string | null;
  readonly node_id: string | null;
  readonly time: Date;
}

export interface VerificationRow extends FactKey {
  readonly network_id: string;
  readonly task_id: string | null;
  readonly job_id: string | null;
  readonly provider_id: string | null;
  readonly node_id: string | null;
  readonly mechanism: string;
  readonly result: string;
  readonly time: Date;
}

export interface PayoutRow extends FactKey {
  readonly network_id: string;
  readonly provider_id: string | null;
  readonly job_id: string | null;
  readonly task_id: string | null;
  readonly payer: string | null;
  readonly recipient: string;
  readonly role: string;
  readonly for_work: boolean;
  readonly token: string;
  readonly amount: string;
  readonly time: Date;
  readonly tx_hash: string;
}

export interface StakeChangeRow extends FactKey {
  readonly network_id: string;
  readonly provider_id: string | null;
  readonly node_id: string | null;
  readonly task_id: string | null;
  readonly account: string;
  readonly kind: string;
  readonly token: string;
  readonly amount: string;
  readonly delta: string;
  readonly time: Date;
  readonly tx_hash: string;
}

export interface VersionChange {
  readonly provider_id: string;
  readonly chain_id: number;
  readonly height: number;
  readonly owner?: string;
  readonly name?: string;
  readonly uri?: string;
  readonly active?: boolean;
  readonly terms?: Readonly<Record<string, string>>;
}
