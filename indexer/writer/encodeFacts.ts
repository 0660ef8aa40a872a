import type { CopyBuffer } from './CopyBuffer.js';
import { hashLeaf } from './digest.js';
import type { Place } from './Place.js';
import type { Ref } from './states.js';

/** Each adds the row of an append-only table and returns its leaf; columns of a leaf stand in alphabetical order. */

export interface FactKey {
  readonly place: Place;
  readonly logIndex: number;
  readonly part: number;
}

export interface Step {
  readonly job: Ref;
  readonly task: Ref | null;
  readonly node: Ref | null;
  readonly provider: Ref | null;
  readonly kind: string;
}

export function encodeStep(rows: CopyBuffer, { place, logIndex, part }: FactKey, step: Step): string {
  const { job, task, node, provider, kind } = step;
  rows.startRow();
  rows.raw(place.txFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(job.id);
  rows.text(task?.id);
  rows.text(node?.id);
  rows.text(provider?.id);
  rows.text(kind);
  return hashLeaf(
    `["job_step","${place.keyText}${logIndex}-${part}",[["job_id",${job.json}],["kind","${kind}"],["node_id",${toJson(node)}],["provider_id",${toJson(provider)}],["task_id",${toJson(task)}],["time","${place.timeText}"],${place.endJson}`,
  );
}

export interface Attempt {
  readonly task: Ref;
  readonly job: Ref;
  readonly provider: Ref | null;
  readonly node: Ref | null;
}

export function encodeAttempt(rows: CopyBuffer, { place, logIndex, part }: FactKey, attempt: Attempt): string {
  const { task, job, provider, node } = attempt;
  rows.startRow();
  rows.raw(place.blockFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(task.id);
  rows.text(job.id);
  rows.text(provider?.id);
  rows.text(node?.id);
  return hashLeaf(
    `["attempt","${place.keyText}${logIndex}-${part}",[["job_id",${job.json}],["node_id",${toJson(node)}],["provider_id",${toJson(provider)}],["task_id",${task.json}],["time","${place.timeText}"]]]`,
  );
}

export interface Verification {
  readonly network: Ref;
  readonly task: Ref | null;
  readonly job: Ref | null;
  readonly provider: Ref | null;
  readonly node: Ref | null;
  readonly mechanism: string;
  readonly result: string;
}

export function encodeVerification(rows: CopyBuffer, { place, logIndex, part }: FactKey, row: Verification): string {
  const { network, task, job, provider, node, mechanism, result } = row;
  rows.startRow();
  rows.raw(place.blockFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(task?.id);
  rows.text(job?.id);
  rows.text(provider?.id);
  rows.text(node?.id);
  rows.text(mechanism);
  rows.text(result);
  return hashLeaf(
    `["verification","${place.keyText}${logIndex}-${part}",[["job_id",${toJson(job)}],["mechanism","${mechanism}"],["network_id",${network.json}],["node_id",${toJson(node)}],["provider_id",${toJson(provider)}],["result","${result}"],["task_id",${toJson(task)}],["time","${place.timeText}"]]]`,
  );
}

export interface Payout {
  readonly network: Ref;
  readonly provider: Ref | null;
  readonly job: Ref | null;
  readonly task: Ref | null;
  readonly payer: Ref | null;
  readonly recipient: Ref | null;
  readonly role: string;
  readonly forWork: boolean;
  readonly token: Ref;
  /** Base units. */
  readonly amount: bigint;
}

export function encodePayout(rows: CopyBuffer, { place, logIndex, part }: FactKey, payout: Payout): string {
  const { network, provider, job, task, payer, recipient, role, forWork, token } = payout;
  const amount = String(payout.amount);
  rows.startRow();
  rows.raw(place.txFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(provider?.id);
  rows.text(job?.id);
  rows.text(task?.id);
  rows.text(payer?.id);
  rows.text(recipient?.id);
  rows.text(role);
  rows.boolean(forWork);
  rows.text(token.id);
  rows.numeric(amount);
  return hashLeaf(
    `["payout","${place.keyText}${logIndex}-${part}",[["amount","${amount}"],["for_work",${forWork}],["job_id",${toJson(job)}],["network_id",${network.json}],["payer",${toJson(payer)}],["provider_id",${toJson(provider)}],["recipient",${toJson(recipient)}],["role","${role}"],["task_id",${toJson(task)}],["time","${place.timeText}"],["token",${token.json}],${place.endJson}`,
  );
}

export interface StakeChange {
  readonly network: Ref;
  readonly provider: Ref | null;
  readonly node: Ref | null;
  readonly task: Ref | null;
  readonly account: Ref | null;
  readonly kind: string;
  readonly token: Ref;
  /** Base units. */
  readonly amount: bigint;
  /** Base units, signed. */
  readonly delta: bigint;
}

export function encodeStakeChange(rows: CopyBuffer, { place, logIndex, part }: FactKey, change: StakeChange): string {
  const { network, provider, node, task, account, kind, token } = change;
  const amount = String(change.amount);
  const delta = String(change.delta);
  rows.startRow();
  rows.raw(place.txFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(provider?.id);
  rows.text(node?.id);
  rows.text(task?.id);
  rows.text(account?.id);
  rows.text(kind);
  rows.text(token.id);
  rows.numeric(amount);
  rows.numeric(delta);
  return hashLeaf(
    `["stake_change","${place.keyText}${logIndex}-${part}",[["account",${toJson(account)}],["amount","${amount}"],["delta","${delta}"],["kind","${kind}"],["network_id",${network.json}],["node_id",${toJson(node)}],["provider_id",${toJson(provider)}],["task_id",${toJson(task)}],["time","${place.timeText}"],["token",${token.json}],${place.endJson}`,
  );
}

export function toJson(ref: Ref | null): string {
  return ref ? ref.json : 'null';
}
