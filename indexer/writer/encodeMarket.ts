import type { CopyBuffer } from './CopyBuffer.js';
import { hashLeaf } from './digest.js';
import { type FactKey, toJson } from './encodeFacts.js';
import type { Ref } from './states.js';

/** Facts of a market: prices, buyers' money, rules, answers of price feeds. As in `encodeFacts.ts`, each adds a row and returns its leaf. */

export interface Price {
  readonly network: Ref;
  readonly provider: Ref | null;
  readonly node: Ref | null;
  readonly job: Ref | null;
  readonly basis: string;
  readonly unit: string;
  readonly resource: Ref | null;
  readonly token: Ref;
  readonly amount: bigint;
  /** Decimals of the amount, where they are not the token's. */
  readonly scale: number | undefined;
}

export function encodePrice(rows: CopyBuffer, { place, logIndex, part }: FactKey, price: Price): string {
  const { network, provider, node, job, basis, unit, resource, token, scale } = price;
  const amount = String(price.amount);
  rows.startRow();
  rows.raw(place.blockFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(provider?.id);
  rows.text(node?.id);
  rows.text(job?.id);
  rows.text(basis);
  rows.text(unit);
  rows.text(resource?.id);
  rows.text(token.id);
  rows.numeric(amount);
  rows.smallint(scale);
  return hashLeaf(
    `["price","${place.keyText}${logIndex}-${part}",[["amount","${amount}"],["basis","${basis}"],["job_id",${toJson(job)}],["network_id",${network.json}],["node_id",${toJson(node)}],["provider_id",${toJson(provider)}],["resource",${toJson(resource)}],["scale",${scale === undefined ? 'null' : `"${scale}"`}],["time","${place.timeText}"],["token",${token.json}],["unit","${unit}"]]]`,
  );
}

export interface EscrowChange {
  readonly network: Ref;
  readonly job: Ref | null;
  readonly account: Ref | null;
  readonly subaccount: Ref | null;
  readonly kind: string;
  readonly token: Ref;
  /** Base units. */
  readonly amount: bigint;
  /** Base units, signed. */
  readonly delta: bigint;
}

export function encodeEscrowChange(rows: CopyBuffer, { place, logIndex, part }: FactKey, change: EscrowChange): string {
  const { network, job, account, subaccount, kind, token } = change;
  const amount = String(change.amount);
  const delta = String(change.delta);
  rows.startRow();
  rows.raw(place.txFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(job?.id);
  rows.text(account?.id);
  rows.text(subaccount?.id);
  rows.text(kind);
  rows.text(token.id);
  rows.numeric(amount);
  rows.numeric(delta);
  return hashLeaf(
    `["escrow_change","${place.keyText}${logIndex}-${part}",[["account",${toJson(account)}],["amount","${amount}"],["delta","${delta}"],["job_id",${toJson(job)}],["kind","${kind}"],["network_id",${network.json}],["subaccount",${toJson(subaccount)}],["time","${place.timeText}"],["token",${token.json}],${place.endJson}`,
  );
}

export interface BalanceStatement {
  readonly network: Ref;
  readonly kind: string;
  readonly account: Ref;
  readonly subaccount: Ref | null;
  readonly token: Ref;
  /** Base units. */
  readonly amount: bigint;
}

export function encodeBalanceStatement(
  rows: CopyBuffer,
  { place, logIndex, part }: FactKey,
  statement: BalanceStatement,
): string {
  const { network, kind, account, subaccount, token } = statement;
  const amount = String(statement.amount);
  rows.startRow();
  rows.raw(place.txFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(kind);
  rows.text(account.id);
  rows.text(subaccount?.id);
  rows.text(token.id);
  rows.numeric(amount);
  return hashLeaf(
    `["balance_statement","${place.keyText}${logIndex}-${part}",[["account",${account.json}],["amount","${amount}"],["kind","${kind}"],["network_id",${network.json}],["subaccount",${toJson(subaccount)}],["time","${place.timeText}"],["token",${token.json}],${place.endJson}`,
  );
}

export interface ParameterChange {
  readonly network: Ref;
  readonly name: Ref;
  readonly value: Ref;
}

export function encodeParameterChange(
  rows: CopyBuffer,
  { place, logIndex, part }: FactKey,
  { network, name, value }: ParameterChange,
): string {
  rows.startRow();
  rows.raw(place.txFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(name.id);
  rows.text(value.id);
  return hashLeaf(
    `["parameter_change","${place.keyText}${logIndex}-${part}",[["name",${name.json}],["network_id",${network.json}],["time","${place.timeText}"],["tx_hash","${place.txHash}"],["value",${value.json}]]]`,
  );
}

export interface FeedAnswer {
  readonly network: Ref;
  readonly feed: Ref;
  readonly aggregator: Ref;
  readonly phase: number | undefined;
  readonly roundId: bigint;
  readonly answer: bigint;
  readonly updatedAt: bigint;
  readonly decimals: number;
}

export function encodeFeedAnswer(rows: CopyBuffer, { place, logIndex, part }: FactKey, row: FeedAnswer): string {
  const { network, feed, aggregator, phase, decimals } = row;
  const [roundId, answer, updatedAt] = [String(row.roundId), String(row.answer), String(row.updatedAt)];
  rows.startRow();
  rows.raw(place.blockFields);
  rows.int32(logIndex);
  rows.int16(part);
  rows.text(network.id);
  rows.text(feed.id);
  rows.text(aggregator.id);
  rows.integer(phase);
  rows.numeric(roundId);
  rows.numeric(answer);
  rows.numeric(updatedAt);
  rows.int16(decimals);
  return hashLeaf(
    `["feed_answer","${place.keyText}${logIndex}-${part}",[["aggregator",${aggregator.json}],["answer","${answer}"],["decimals","${decimals}"],["feed",${feed.json}],["network_id",${network.json}],["phase",${phase === undefined ? 'null' : `"${phase}"`}],["round_id","${roundId}"],["time","${place.timeText}"],["updated_at","${updatedAt}"]]]`,
  );
}
