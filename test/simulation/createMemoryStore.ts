import {
  type Batch,
  type BlockKey,
  type ContractRow,
  type Cursor,
  CursorMovedError,
  type Lease,
  LeaseLostError,
  type Phase,
  type PreparedBatch,
  type Store,
  type StoredHeader,
  type VerifiedRange,
} from '../../indexer/writer/Store.js';
import { RetryableError } from '../../schema/lib/errors.js';
import type { SimulatedProcess } from './createProcess.js';
import type { Random } from './createRandom.js';
import type { Trace } from './createTrace.js';
import type { VirtualClock } from './createVirtualClock.js';
import { toBatchFacts } from './toBatchFacts.js';

/** What outlives a process. */
export interface Disk {
  cursor: Cursor | undefined;
  lease: { holder: string; epoch: number; until: number };
  finalHeight: number | undefined;
  /** Where the cursor stood when what is final up to it was recorded last. */
  finalRecordedAt: Cursor | undefined;
  phase: Phase | undefined;
  phaseReason: string | undefined;
  readonly blocks: Map<number, StoredHeader>;
  /** Events and quarantine by height, as lines. */
  readonly facts: Map<number, readonly string[]>;
  /** By address; the earliest announcement. */
  readonly contracts: Map<string, ContractRow>;
  verified: readonly VerifiedRange[];
  /** Batches that can only be taken back as a whole. */
  coarse: readonly { readonly from: number; readonly to: number }[];
  readonly reads: Map<string, unknown>;
}

export function createDisk(): Disk {
  return {
    cursor: undefined,
    lease: { holder: '', epoch: 0, until: 0 },
    finalHeight: undefined,
    finalRecordedAt: undefined,
    phase: undefined,
    phaseReason: undefined,
    blocks: new Map(),
    facts: new Map(),
    contracts: new Map(),
    verified: [],
    coarse: [],
    reads: new Map(),
  };
}

export interface StoreFaults {
  /** Another transaction had to go first, a deadlock, a full disk: nothing was done. */
  readonly refused: number;
  /** The connection breaks before anything was done. */
  readonly dropped: number;
  /** The connection breaks after the commit: it is done, and nobody hears of it. */
  readonly ambiguous: number;
}

export interface MemoryStoreOptions {
  readonly disk: Disk;
  readonly process: SimulatedProcess;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly trace: Trace;
  readonly faults: StoreFaults;
  readonly mayFail: () => boolean;
  readonly count: (counter: string) => void;
  /** Called at every commit that changes facts. */
  readonly onCommit: (kind: 'write' | 'rollBack') => void;
}

/** Keeps the promises of Store over a disk in memory, and fails like a database: before, after and instead of the work. */
export function createMemoryStore(options: MemoryStoreOptions): Store {
  const { disk, process, clock, random, trace, faults, mayFail, count, onCommit } = options;
  let pending: PreparedBatch[] = [];
  let records = 0;

  /** One statement or transaction: done at one moment, somewhere between the asking and the answer. */
  function execute<T>(point: string, work: () => T): Promise<T> {
    return process.cross(point, async () => {
      await clock.sleep(random.chance(0.7) ? 1 : random.between(2, 40));
      const chance = mayFail() ? random.next() : 0.5;
      if (chance < faults.refused) throw refuse(random, count);
      if (chance < faults.refused + faults.dropped) throw new Error('Connection terminated unexpectedly');
      const result = work();
      trace.note(`${clock.now()} ${process.name} ${point}`);
      const isLost = chance > 1 - faults.ambiguous;
      if (isLost && (point === 'write' || point === 'rollBack')) {
        count('ambiguousCommit');
        throw new RetryableError('Expected to hear of the commit, the connection broke.');
      }
      if (random.chance(0.3)) await clock.sleep(1);
      return result;
    });
  }

  function assertHeld(lease: Lease): void {
    if (lease.epoch === disk.lease.epoch) return;
    count('leaseLost');
    throw new LeaseLostError(`Expected lease ${lease.epoch}, another indexer holds ${disk.lease.epoch}.`);
  }

  function fence(lease: Lease, from: Cursor | undefined): void {
    assertHeld(lease);
    if (from?.hash !== disk.cursor?.hash) {
      count('cursorMoved');
      throw new CursorMovedError(`Expected the cursor at ${from?.height}, found it at ${disk.cursor?.height}.`);
    }
  }

  return {
    acquireLease: (holder, forMs) =>
      execute('acquireLease', () => {
        const { lease } = disk;
        const isOwn = lease.holder === holder && lease.until > 0;
        if (!isOwn && lease.until > clock.now()) return undefined;
        if (lease.epoch > 0 && lease.holder !== holder) count('leaseTaken');
        disk.lease = { holder, epoch: isOwn ? lease.epoch : lease.epoch + 1, until: clock.now() + forMs };
        return { holder, epoch: disk.lease.epoch };
      }),
    releaseLease: (lease) =>
      execute('releaseLease', () => {
        if (disk.lease.epoch === lease.epoch) disk.lease = { ...disk.lease, until: 0 };
      }),
    findCursor: () => execute('findCursor', () => disk.cursor),
    findFinalHeight: () =>
      execute('findFinalHeight', () => {
        records = 0;
        return disk.finalHeight;
      }),
    listBlocks: ({ below, limit }) =>
      execute('listBlocks', () =>
        [...disk.blocks.values()]
          .filter(({ height }) => height < below)
          .sort((one, other) => other.height - one.height)
          .slice(0, limit)
          .map(({ height, hash }): BlockKey => ({ height, hash })),
      ),
    listContracts: () =>
      execute('listContracts', () =>
        [...disk.contracts.values()].sort((one, other) => one.height - other.height || one.logIndex - other.logIndex),
      ),
    findReads: (keys) =>
      execute(
        'findReads',
        () => new Map(keys.flatMap((key) => (disk.reads.has(key) ? [[key, disk.reads.get(key)]] : []))),
      ),
    prepare: (batch) =>
      execute('prepare', () => {
        const before = pending.at(-1)?.batch.last ?? disk.cursor;
        if (pending.length > 0 && before?.hash !== batch.after?.hash)
          throw new Error(
            `Broken promise: a batch after ${batch.after?.height} was prepared behind one to ${before?.height}.`,
          );
        assertPromises(batch);
        const prepared = { batch };
        pending.push(prepared);
        return prepared;
      }),
    write: (lease, prepared) =>
      execute('write', () => {
        if (pending[0] !== prepared)
          throw new Error('Broken promise: batches are written in the order they are prepared.');
        fence(lease, prepared.batch.after);
        countSometimes(prepared.batch, count);
        apply(disk, prepared.batch);
        records = 0;
        pending.shift();
        onCommit('write');
      }),
    rollBack: (lease, { from, height }) =>
      execute('rollBack', () => {
        fence(lease, from);
        const block = height === undefined ? undefined : disk.blocks.get(height);
        if (height !== undefined && !block)
          throw new Error(`Broken promise: block ${height}, to roll back to, is not stored.`);
        const base = toBoundary(disk, height ?? -1);
        if (base !== (height ?? -1)) count('rollBackIntoRange');
        if (from.height - (height ?? -1) >= 5) count('rollBackOfDepth5');
        if ([...disk.contracts.values()].some((contract) => contract.height > base)) count('contractTakenBack');
        takeBack(disk, base);
        records = 0;
        const kept = disk.blocks.get(base);
        disk.cursor = kept && { height: base, hash: kept.hash };
        onCommit('rollBack');
        return disk.cursor;
      }),
    forget() {
      pending = [];
    },
    recordHead: (lease, { finalizedHeight }) =>
      execute('recordHead', () => {
        assertHeld(lease);
        if (finalizedHeight !== undefined) disk.finalHeight = Math.max(finalizedHeight, disk.finalHeight ?? -1);
        records += 1;
        if (records >= RECORDS_TO_TELL) disk.finalRecordedAt = disk.cursor;
      }),
    recordPhase: (lease, phase, reason) =>
      execute('recordPhase', () => {
        assertHeld(lease);
        disk.phase = phase;
        disk.phaseReason = reason;
      }),
  };
}

/**
 * Who begins to lead knows of what is final only what is recorded, and learns more from a head that agrees with the
 * cursor: until then its records repeat the old. By the fourth in a row one head has agreed, or three that did not have
 * moved the cursor.
 */
const RECORDS_TO_TELL = 4;

/** What Batch says of itself. */
function assertPromises(batch: Batch): void {
  const { from, after, last, headers, logs } = batch;
  if (after && from !== after.height + 1)
    throw new Error(`Broken promise: a batch from ${from} after ${after.height}.`);
  const places = logs.map(({ decoded: { log } }) => log);
  const isOrdered = places.every((log, at) => {
    const before = places[at - 1];
    return !before || before.height < log.height || (before.height === log.height && before.logIndex < log.logIndex);
  });
  if (!isOrdered)
    throw new Error(`Broken promise: the logs of ${from} to ${last.height} are not in the order of the chain.`);
  if (headers.at(-1)?.hash !== last.hash)
    throw new Error(`Broken promise: the last header is not that of ${last.height}.`);
}

function countSometimes(batch: Batch, count: (counter: string) => void): void {
  if (batch.broken.length > 0) count('quarantine');
  for (const { address, height } of batch.contracts) {
    const uses = batch.logs.some(({ decoded: { log } }) => log.address === address && log.height === height);
    if (uses) count('contractUsedInItsBlock');
  }
}

/** As Postgres words what passes: SQLSTATE classes 40, 53 and 25. */
const refusals = [
  ['40001', 'could not serialize access due to concurrent update'],
  ['40P01', 'deadlock detected'],
  ['53100', 'could not extend file: No space left on device'],
  ['25006', 'cannot execute UPDATE in a read-only transaction'],
] as const;

function refuse(random: Random, count: (counter: string) => void): Error {
  const [code, message] = random.pick(refusals) as (typeof refusals)[number];
  if (code === '40001') count('serialisationFailure');
  return Object.assign(new Error(message), { code });
}

function apply(disk: Disk, batch: Batch): void {
  for (const header of batch.headers) disk.blocks.set(header.height, header);
  for (const [height, lines] of toBatchFacts(batch))
    disk.facts.set(height, [...(disk.facts.get(height) ?? []), ...lines]);
  for (const contract of batch.contracts) {
    const known = disk.contracts.get(contract.address);
    if (!known || known.height > contract.height) disk.contracts.set(contract.address, contract);
  }
  for (const [key, answer] of batch.reads) disk.reads.set(key, answer);
  disk.verified = [...disk.verified, ...batch.verified];
  if (batch.coarse) disk.coarse = [...disk.coarse, { from: batch.from, to: batch.last.height }];
  disk.cursor = { height: batch.last.height, hash: batch.last.hash };
}

/** The block before the coarse batch that the height lies in, if it lies in one. */
function toBoundary(disk: Disk, height: number): number {
  const whole = disk.coarse.find(({ from, to }) => from <= height && height < to);
  return whole ? whole.from - 1 : height;
}

export function takeBack(disk: Disk, height: number): void {
  for (const table of [disk.blocks, disk.facts]) for (const at of [...table.keys()]) if (at > height) table.delete(at);
  for (const [address, contract] of disk.contracts) if (contract.height > height) disk.contracts.delete(address);
  disk.verified = disk.verified
    .filter(({ from }) => from <= height)
    .map((range) => ({ ...range, to: Math.min(range.to, height) }));
  disk.coarse = disk.coarse.filter(({ from }) => from <= height);
}
