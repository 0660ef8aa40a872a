import type pg from 'pg';
import { assert } from '../../schema/lib/assert.js';
import type { AdaptedLog } from '../events/logs.js';
import type { Runtime } from '../lib/runtime.js';
import { createDraft, type Draft } from './createDraft.js';
import { type Digest, DigestSum } from './digest.js';
import { encodeBlock, encodeContract, encodeQuarantine, type QuarantineRow, toContractKey } from './encodeBlock.js';
import {
  encodeJob,
  encodeNodeVersion,
  encodeProviderVersion,
  encodeTask,
  toNodeVersionLeaf,
  toProviderVersionLeaf,
} from './encodeNouns.js';
import { findRefusal } from './findRefusal.js';
import { foldLog } from './foldLogs.js';
import { listUnknown } from './listUnknown.js';
import { loadContracts, loadStates } from './loadStates.js';
import type { Rows } from './Rows.js';
import type { Batch, ContractRow } from './Store.js';
import { type Changes, toChanges } from './toChanges.js';
import type { WriterState } from './WriterState.js';

/** A batch as bytes and values, ready to be written; nothing of it changes with the states any more. */
export interface Content {
  readonly rows: Rows;
  readonly changes: Changes;
  readonly digest: Digest;
}

export interface PrepareOptions {
  readonly pool: pg.Pool;
  readonly chainId: number;
  readonly state: WriterState;
  /** Empty ones, which the content keeps until it is written. */
  readonly rows: Rows;
  /** Logs that Postgres refused before. */
  readonly refused: ReadonlyMap<AdaptedLog, string>;
  /** Looks up jobs and tasks that the batch announces, instead of taking them for new. */
  readonly distrust: boolean;
  /** Lets others run. */
  readonly turn?: Runtime['turn'];
}

/** Folds the batch into the state of what was prepared before it. All look-ups come first; batches are prepared
 * one at a time, so nothing changes between two turns. */
export async function prepareBatch(batch: Batch, options: PrepareOptions): Promise<Content> {
  const { pool, chainId, state, rows } = options;
  const { logs, quarantined } = sortOut(batch, options.refused);
  const unknown = listUnknown(logs, state.statesOf, { distrust: options.distrust });
  for (const [networkId, named] of unknown) {
    await loadStates(pool, networkId, { states: state.statesOf(networkId), unknown: named });
  }
  await loadContracts(pool, chainId, { known: state.contracts, contracts: batch.contracts });
  const base = await state.getDigest(batch.after);

  const number = state.startBatch();
  const digest = new DigestSum();
  digest.reset(base);
  const times = new Map(batch.headers.map((header) => [header.height, header.time]));
  const draft = createDraft({
    ...{ chainId, batch: number, of: batch, rows, digest, times },
    encodeEvent: state.encodeEvent,
    statesOf: state.statesOf,
  });
  await foldBlocks({ batch, logs, quarantined, draft, state, turn: options.turn });
  draft.deltas.endBatch(rows, chainId);
  for (const [job, birth] of draft.bornJobs) encodeJob(rows.job, job, birth);
  for (const [task, birth] of draft.bornTasks) encodeTask(rows.task, task, birth);
  for (const version of draft.providerVersions.opened) encodeProviderVersion(rows.provider_version, chainId, version);
  for (const version of draft.nodeVersions.opened) encodeNodeVersion(rows.node_version, chainId, version);
  const end = digest.snapshot();
  state.endBatch(batch.last, end);
  return { rows, changes: toChanges(draft), digest: end };
}

/** What Postgres refused or would refuse goes to quarantine with what could not be read. */
function sortOut(batch: Batch, refused: ReadonlyMap<AdaptedLog, string>) {
  const quarantined: QuarantineRow[] = batch.broken.map(({ log, network, stage, reason }) => ({
    ...{ log, networkId: network.definition.id, stage, reason },
  }));
  const logs = batch.logs.filter((adapted) => {
    const reason = refused.get(adapted) ?? findRefusal(adapted);
    if (reason === undefined) return true;
    const { log, network } = adapted.decoded;
    quarantined.push({ log, networkId: network.definition.id, stage: 'write', reason });
    return false;
  });
  return { logs, quarantined };
}

interface Blocks {
  readonly batch: Batch;
  readonly logs: readonly AdaptedLog[];
  readonly quarantined: readonly QuarantineRow[];
  readonly draft: Draft;
  readonly state: WriterState;
  readonly turn: Runtime['turn'];
}

/** A few milliseconds of work, between which the batch before this one is sent on. */
const LOGS_PER_TURN = 200;

/** Block by block, for the digest and the deltas are kept per block. */
async function foldBlocks({ batch, logs, quarantined, draft, state, turn }: Blocks): Promise<void> {
  const { chainId, rows, digest } = draft;
  const quarantinedAt = groupByHeight(quarantined, ({ log }) => log.height);
  const contractsAt = groupByHeight(batch.contracts, ({ height }) => height);
  for (const height of [...quarantinedAt.keys(), ...contractsAt.keys()]) draft.timeOf(height);
  let next = 0;
  for (const header of batch.headers) {
    const first = next;
    for (let log = logs[next]; log?.decoded.log.height === header.height; log = logs[next]) {
      foldLog(draft, log);
      next += 1;
      if (turn && next % LOGS_PER_TURN === 0) await turn();
    }
    const odd = draft.anomalies.size === 0 ? [] : takeAnomalies(draft, logs.slice(first, next));
    for (const row of uniqueByLog([...(quarantinedAt.get(header.height) ?? []), ...odd])) {
      digest.add(encodeQuarantine(rows.quarantine, chainId, row, header.time));
    }
    for (const contract of contractsAt.get(header.height) ?? []) addContract(draft, state, contract);
    for (const version of draft.providerVersions.ofBlock) digest.add(toProviderVersionLeaf(chainId, version));
    for (const version of draft.nodeVersions.ofBlock) digest.add(toNodeVersionLeaf(chainId, version));
    draft.providerVersions.ofBlock = [];
    draft.nodeVersions.ofBlock = [];
    draft.deltas.endBlock(rows, chainId, header);
    encodeBlock(rows.block, chainId, header, digest.snapshot());
  }
  assert(next === logs.length, `every log of chain ${chainId} lies in a block whose header the batch has, in order`);
}

/** The earliest announcement of a contract counts. */
function addContract({ chainId, rows, digest }: Draft, { contracts }: WriterState, contract: ContractRow): void {
  const key = toContractKey(chainId, contract);
  if (contracts.get(key)) return;
  contracts.set(key, true);
  digest.add(encodeContract(rows.contract, chainId, contract));
}

function takeAnomalies(draft: Draft, logs: readonly AdaptedLog[]): readonly QuarantineRow[] {
  const rows: QuarantineRow[] = [];
  for (const { decoded } of logs) {
    const { log, network } = decoded;
    const found = draft.anomalies.get(`${log.height}-${log.logIndex}`);
    if (found) rows.push({ log, networkId: network.definition.id, stage: 'odd', reason: found.reason });
  }
  draft.anomalies.clear();
  return rows;
}

/** A row per log, in the order of the chain. */
function uniqueByLog(rows: readonly QuarantineRow[]): readonly QuarantineRow[] {
  if (rows.length < 2) return rows;
  return [...new Map(rows.map((row) => [row.log.logIndex, row])).values()].sort(
    (one, other) => one.log.logIndex - other.log.logIndex,
  );
}

function groupByHeight<Row>(rows: readonly Row[], heightOf: (row: Row) => number): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(heightOf(row));
    if (group) group.push(row);
    else groups.set(heightOf(row), [row]);
  }
  return groups;
}
