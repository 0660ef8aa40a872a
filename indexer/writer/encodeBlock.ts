import type { Hex } from '../../schema/lib/hex.js';
import type { RawLog } from '../events/logs.js';
import type { CopyBuffer } from './CopyBuffer.js';
import { type Digest, hashLeaf } from './digest.js';
import type { ContractRow, StoredHeader } from './Store.js';
import { toRef } from './toRef.js';

export function encodeBlock(rows: CopyBuffer, chainId: number, header: StoredHeader, digest: Digest): void {
  rows.startRow();
  rows.int64(chainId);
  rows.int64(header.height);
  rows.hex(header.hash);
  rows.hex(header.parentHash ?? null);
  rows.time(header.time);
  rows.bytes(digest.sum);
  rows.int64(digest.rows);
}

/** A log that is set aside, or one whose facts are odd. */
export interface QuarantineRow {
  readonly log: RawLog;
  readonly networkId: string;
  /** decode, adapt: nobody could read it; write: Postgres refuses a value; odd: it contradicts what came before. */
  readonly stage: 'decode' | 'adapt' | 'write' | 'odd';
  readonly reason: string;
}

export function encodeQuarantine(rows: CopyBuffer, chainId: number, row: QuarantineRow, time: Date): string {
  const { log, stage } = row;
  const [network, reason] = [toRef(row.networkId), toRef(row.reason)];
  rows.startRow();
  rows.int64(chainId);
  rows.int64(log.height);
  rows.int32(log.logIndex);
  rows.hex(log.blockHash);
  rows.hex(log.txHash);
  rows.text(network.id);
  rows.hex(log.address);
  rows.hexes(log.topics);
  rows.hex(log.data);
  rows.text(stage);
  rows.text(reason.id);
  rows.time(time);
  const topics = log.topics.map((topic) => `"${topic}"`).join(',');
  return hashLeaf(
    `["quarantine","${chainId}-${log.height}-${log.logIndex}",[["address","${log.address}"],["block_hash","${log.blockHash}"],["data","${log.data}"],["network_id",${network.json}],["reason",${reason.json}],["stage","${stage}"],["time","${time.toISOString()}"],["topics",[${topics}]],["tx_hash","${log.txHash}"]]]`,
  );
}

export function encodeContract(rows: CopyBuffer, chainId: number, contract: ContractRow): string {
  const [network, role] = [toRef(contract.networkId), toRef(contract.role)];
  rows.startRow();
  rows.int64(chainId);
  rows.hex(contract.address);
  rows.text(network.id);
  rows.text(role.id);
  rows.int64(contract.height);
  rows.int32(contract.logIndex);
  return hashLeaf(
    `["contract",${toRef(toContractKey(chainId, contract)).json},[["height","${contract.height}"],["log_index","${contract.logIndex}"],["role",${role.json}]]]`,
  );
}

export function toContractKey(
  chainId: number,
  contract: { readonly address: Hex; readonly networkId: string },
): string {
  return `${chainId}-${contract.address}-${contract.networkId}`;
}
