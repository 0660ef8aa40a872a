import type { RawLog } from '../../indexer/events/logs.js';
import type { ChainSource, FetchedBlock } from '../../indexer/source/ChainSource.js';
import type { Batch, Lease, PreparedBatch, Store } from '../../indexer/writer/Store.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { Disk } from './createMemoryStore.js';
import { MARKET, topicOf } from './marketLogs.js';
import type { Mutation } from './Run.js';
import { isSupplement } from './runIndexer.js';
import { toBatchFacts } from './toBatchFacts.js';

/**
 * Faults such as programs have, each planted by wrapping what the sync is given or gives. A harness that lets one of them
 * live proves nothing.
 */
export const mutants: readonly Mutation[] = [
  // A rollback that takes back too little or too much.
  leavingBehind('leaves the events of the branch behind', (line) => line.startsWith('event')),
  leavingBehind('leaves the quarantine of the branch behind', (line) => line.startsWith('broken')),
  leavingBehind('takes back only the last two blocks', (_, height, top) => height <= top - 2),
  leavingBehind('takes back one block too few', (_, height, __, to) => height === to + 1),
  {
    name: 'takes back one block too many',
    wrapStore: (store, disk) => ({
      ...store,
      async rollBack(lease, options) {
        const cursor = await store.rollBack(lease, options);
        if (cursor) disk.facts.delete(cursor.height);
        return cursor;
      },
    }),
  },
  {
    name: 'leaves contracts of the branch registered',
    wrapStore: (store, disk) => ({
      ...store,
      async rollBack(lease, options) {
        const contracts = [...disk.contracts];
        const cursor = await store.rollBack(lease, options);
        for (const [address, contract] of contracts) disk.contracts.set(address, contract);
        return cursor;
      },
    }),
  },
  {
    name: 'leaves the ledger of what is proven as it was',
    wrapStore: (store, disk) => ({
      ...store,
      async rollBack(lease, options) {
        const { verified } = disk;
        const cursor = await store.rollBack(lease, options);
        disk.verified = verified;
        return cursor;
      },
    }),
  },
  // A write that is not one.
  {
    name: 'moves the cursor before the rows',
    wrapStore: (store, disk) => ({
      ...store,
      async write(lease, prepared) {
        const { after, last } = prepared.batch;
        if (disk.cursor?.hash === after?.hash) disk.cursor = { height: last.height, hash: last.hash };
        await store.findReads([]);
        if (disk.cursor?.hash === last.hash) disk.cursor = after;
        await store.write(lease, prepared);
      },
    }),
  },
  {
    name: 'writes the rows before the cursor',
    wrapStore: (store, disk) => ({
      ...store,
      async write(lease, prepared) {
        await store.write(lease, prepared);
        const { cursor } = disk;
        disk.cursor = prepared.batch.after;
        await store.findReads([]);
        if (disk.cursor === prepared.batch.after) disk.cursor = cursor;
      },
    }),
  },
  {
    name: 'writes again when it did not hear of the commit',
    wrapStore: (store, disk) => ({
      ...store,
      write: (lease, prepared) =>
        store.write(lease, prepared).catch((thrown: unknown) => {
          if (disk.cursor?.hash !== prepared.batch.last.hash) throw thrown;
          append(disk, prepared.batch);
        }),
    }),
  },
  {
    name: 'asks neither for the lease nor for the cursor',
    wrapStore: (store, disk) => ({
      ...store,
      write(lease, prepared) {
        disk.cursor = prepared.batch.after;
        return store.write({ ...lease, epoch: disk.lease.epoch }, prepared);
      },
    }),
  },
  changingBatches('forgets contracts that factories opened', (batch) => ({ ...batch, contracts: [] })),
  changingBatches('takes the time of arrival for that of the block', (batch) => ({
    ...batch,
    headers: batch.headers.map((header) => ({ ...header, time: new Date(header.time.getTime() + 1_000) })),
  })),
  changingBatches('loses what cannot be decoded', (batch) => ({ ...batch, broken: [] })),
  {
    name: 'lets nobody take over from an indexer that died',
    wrapStore: (store, disk) => ({
      ...store,
      acquireLease: async (holder, forMs): Promise<Lease | undefined> =>
        disk.lease.epoch > 0 && disk.lease.holder !== holder ? undefined : store.acquireLease(holder, forMs),
    }),
  },
  // A source that believes, or forgets, too much.
  { name: 'verifies nothing', policy: { backfill: 'off', head: 'off' } },
  {
    name: 'sees a reorg by its number only',
    wrapSource: (source, { disk }) => ({
      ...source,
      async getHead() {
        const head = await source.getHead();
        return disk.cursor && head.height <= disk.cursor.height ? { ...head, ...disk.cursor } : head;
      },
    }),
  },
  {
    name: 'asks for blocks by height near the head',
    wrapSource: (source) => ({
      ...source,
      async fetchBlocks(headers, filter) {
        const now = await source.listHeaders(headers.map(({ height }) => height));
        const blocks = await source.fetchBlocks(now, filter);
        return headers.flatMap((header, at) => relabel(blocks[at], header));
      },
    }),
  },
  {
    name: 'keeps blocks by height after they were replaced',
    wrapSource(source) {
      const kept = new Map<string, FetchedBlock>();
      const toKey = (height: number, addresses: readonly string[]) => `${height} ${addresses.join()}`;
      return {
        ...source,
        async fetchBlocks(headers, filter) {
          const fresh = await source.fetchBlocks(headers, filter);
          return headers.flatMap((header, at) => {
            const key = toKey(header.height, filter.addresses);
            const block = kept.get(key) ?? fresh[at];
            if (block) kept.set(key, block);
            return relabel(block, header);
          });
        },
      };
    },
  },
  changingLogs('takes a log that comes twice for two', (logs) => [...logs, ...logs.slice(-1)]),
  changingLogs('begins with a new contract a block late', (logs) => {
    const opened = new Set(logs.filter(isOpening).map((log) => `${log.height} 0x${log.topics[1]?.slice(26)}`));
    return logs.filter((log) => log.address === MARKET || !opened.has(`${log.height} ${log.address}`));
  }),
  {
    name: 'does not look back for contracts found late',
    wrapSource: (source) => ({
      ...source,
      fetchRange: async (request) => {
        const answer = await source.fetchRange(request);
        return answer.kind === 'fetched' && isSupplement(request.filter) ? { ...answer, logs: [] } : answer;
      },
      fetchBlocks: async (headers, filter) => {
        const blocks = await source.fetchBlocks(headers, filter);
        return isSupplement(filter) ? blocks.map((block) => ({ ...block, logs: [] })) : blocks;
      },
    }),
  },
  // Finality.
  { name: 'has a finality too short by one', toSettings: (settings) => shift(settings, -1) },
  { name: 'has a finality too long by some blocks', toSettings: (settings) => shift(settings, 4) },
  {
    name: 'trusts the tag of an endpoint whatever lies on top',
    toSettings: (settings) => ({ ...settings, finalityDepth: 0 }),
  },
  { name: 'follows any reorg', toSettings: (settings) => ({ ...settings, finalityDepth: 10_000 }) },
];

function shift<Settings extends { readonly finalityDepth: number }>(settings: Settings, by: number): Settings {
  return { ...settings, finalityDepth: settings.finalityDepth + by };
}

type IsLeft = (line: string, height: number, top: number, to: number) => boolean;

/** Facts above the common block stay, as far as `isLeft` says. */
function leavingBehind(name: string, isLeft: IsLeft): Mutation {
  return {
    name,
    wrapStore: (store, disk) => ({
      ...store,
      async rollBack(lease, options) {
        const facts = [...disk.facts];
        const cursor = await store.rollBack(lease, options);
        const base = options.height ?? -1;
        for (const [height, lines] of facts) {
          if (height <= base) continue;
          const left = lines.filter((line) => isLeft(line, height, options.from.height, base));
          if (left.length > 0) disk.facts.set(height, left);
        }
        return cursor;
      },
    }),
  };
}

function changingBatches(name: string, change: (batch: Batch) => Batch): Mutation {
  return {
    name,
    wrapStore: (store): Store => ({
      ...store,
      prepare: (batch): Promise<PreparedBatch> => store.prepare(change(batch)),
    }),
  };
}

function changingLogs(name: string, change: (logs: readonly RawLog[]) => readonly RawLog[]): Mutation {
  return {
    name,
    wrapSource: (source): ChainSource => ({
      ...source,
      async fetchRange(request) {
        const answer = await source.fetchRange(request);
        return answer.kind === 'fetched' ? { ...answer, logs: change(answer.logs) } : answer;
      },
      async fetchBlocks(headers, filter) {
        const blocks = await source.fetchBlocks(headers, filter);
        return blocks.map((block) => ({ ...block, logs: change(block.logs) }));
      },
    }),
  };
}

function append(disk: Disk, batch: Batch): void {
  for (const [height, lines] of toBatchFacts(batch)) {
    disk.facts.set(height, [...(disk.facts.get(height) ?? []), ...lines]);
  }
}

/** The logs of one block under the name of another. */
function relabel(
  block: FetchedBlock | undefined,
  header: { readonly hash: Hex; readonly height: number },
): FetchedBlock[] {
  if (!block) return [];
  const logs = block.logs.map((log) => ({ ...log, blockHash: header.hash, height: header.height }));
  return [{ ...block, header: { ...block.header, ...header }, logs }];
}

function isOpening({ topics }: RawLog): boolean {
  return topics[0] === topicOf.MarketDeployed;
}
