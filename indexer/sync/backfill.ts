import { RetryableError } from '../../schema/lib/errors.js';
import type { FetchedRange, Filter } from '../source/ChainSource.js';
import type { Batch, Cursor, StoredHeader, VerifiedRange } from '../writer/Store.js';
import { createRangeSizer } from './createRangeSizer.js';
import { createRangeStream, type RangeStream } from './createRangeStream.js';
import { interpretLogs } from './interpretLogs.js';
import { type Lead, prepare, toFilter, write } from './Lead.js';

/**
 * Reads the past up to a height. Three things go on at once: ranges are fetched ahead, one batch is decoded and prepared,
 * and the one before it is written. `onBatch` is called between batches and may do what must be done now and then.
 */
export async function backfill(lead: Lead, options: { readonly to: number; readonly onBatch: () => Promise<void> }) {
  const { source, settings, report, chainId, runtime } = lead.options;
  const from = lead.cursor ? lead.cursor.height + 1 : lead.startHeight;
  const sizer = createRangeSizer({ maxBlocks: settings.maxRangeBlocks });
  const asked = new Map<number, Filter>();
  const stream = createRangeStream({
    source: {
      fetchRange(request) {
        asked.set(request.from, request.filter);
        return source.fetchRange(request);
      },
    },
    sizer,
    from,
    to: options.to,
    getFilter: () => toFilter(lead),
  });
  let after = lead.cursor;
  let writing: Promise<void> = Promise.resolve();
  try {
    while (!lead.signal.aborted) {
      const begun = runtime.now();
      const ranges = await takeRanges(stream, after);
      report?.({ kind: 'timing', chainId, stage: 'fetchWait', seconds: (runtime.now() - begun) / 1000 });
      report?.({ kind: 'buffer', chainId, bytes: stream.bufferedBytes });
      const last = ranges.at(-1)?.headers.at(-1);
      if (!last) break;
      const filters = ranges.map((range) => asked.get(range.from) ?? toFilter(lead));
      for (const range of ranges) asked.delete(range.from);
      const prepared = await prepare(lead, await toBatch(lead, ranges, filters, after));
      await writing;
      writing = write(lead, prepared);
      // Whoever awaits it hears of a failure; until then it must not count as unhandled.
      writing.catch(() => undefined);
      after = { height: last.height, hash: last.hash };
      await options.onBatch();
    }
    await writing;
  } finally {
    stream.stop();
    // Nothing may be written any more when this returns, also where it fails.
    await writing.catch(() => undefined);
  }
}

/** Small ranges that are there already make one batch: a commit costs the same for few logs as for many. */
async function takeRanges(stream: RangeStream, after: Cursor | undefined): Promise<readonly FetchedRange[]> {
  const ranges: FetchedRange[] = [];
  let before = after;
  let logs = 0;
  do {
    const range = await stream.next();
    if (!range) break;
    const first = range.headers[0];
    const last = range.headers.at(-1);
    if (first?.height !== range.from || last?.height !== range.to) {
      throw new RetryableError(`Expected blocks ${range.from} to ${range.to}, the node no longer has them all.`);
    }
    if (before && first.parentHash !== before.hash) {
      throw new RetryableError(
        `Block ${first.height} does not follow block ${before.height}: the chain changed meanwhile.`,
      );
    }
    ranges.push(range);
    logs += range.logs.length;
    before = last;
  } while (logs < BATCH_LOGS && ranges.length < BATCH_RANGES && stream.isReady());
  return ranges;
}

const BATCH_LOGS = 5_000;
const BATCH_RANGES = 64;

async function toBatch(
  lead: Lead,
  ranges: readonly FetchedRange[],
  filters: readonly Filter[],
  after: Cursor | undefined,
): Promise<Batch> {
  const parts = [];
  const fetched: FetchedRange[] = [...ranges];
  for (const [index, range] of ranges.entries()) {
    const times = new Map<number, Date>();
    addTimes(times, range);
    parts.push(
      await interpretLogs(range.logs, {
        ...lead.interpreter,
        filter: filters[index] ?? toFilter(lead),
        timeOf: (height) => times.get(height),
        async fetchMissing(filter, from) {
          const more = await fetchAll(lead, { filter, from: Math.max(from, range.from), to: range.to });
          fetched.push(...more);
          for (const one of more) addTimes(times, one);
          return more.flatMap(({ logs }) => logs);
        },
      }),
    );
  }
  const first = ranges[0];
  const last = ranges.at(-1)?.headers.at(-1);
  if (!first || !last) throw new Error('Assertion failed: a batch is made of ranges');
  return {
    from: first.from,
    coarse: true,
    after,
    last,
    headers: toHeaders(fetched, ranges),
    logs: parts.length === 1 ? (parts[0]?.logs ?? []) : parts.flatMap((part) => part.logs),
    broken: parts.flatMap((part) => part.broken),
    contracts: parts.flatMap((part) => part.contracts),
    verified: ranges.map(({ from, to, level }): VerifiedRange => ({ from, to, level })),
    reads: new Map(parts.flatMap((part) => [...part.reads])),
  };
}

function addTimes(to: Map<number, Date>, { headers, times }: FetchedRange): void {
  for (const { height, time } of headers) to.set(height, time);
  for (const [height, { time }] of times) to.set(height, time);
}

/**
 * Of the past only the blocks that hold logs are kept, and the ranges' last ones, where the cursor may stand. What was
 * fetched later for contracts found late must be of the same blocks.
 */
function toHeaders(fetched: readonly FetchedRange[], ranges: readonly FetchedRange[]): readonly StoredHeader[] {
  const wanted = new Set(ranges.map(({ to }) => to));
  for (const { logs } of fetched) for (const { height } of logs) wanted.add(height);
  const headers = new Map<number, StoredHeader>();
  const add = (header: StoredHeader) => {
    const known = headers.get(header.height);
    if (known && known.hash !== header.hash) {
      throw new RetryableError(`Block ${header.height} has come with two hashes: the chain changed meanwhile.`);
    }
    if (wanted.has(header.height) && !known?.parentHash) headers.set(header.height, header);
  };
  for (const range of fetched) {
    for (const header of range.headers) add(header);
    for (const [height, block] of range.times) add({ height, ...block });
  }
  return [...headers.values()].sort((one, other) => one.height - other.height);
}

/** All logs of a filter in a range, in as many requests as it takes. */
async function fetchAll(
  lead: Lead,
  request: { readonly filter: Filter; readonly from: number; readonly to: number },
): Promise<readonly FetchedRange[]> {
  const stream = createRangeStream({
    source: lead.options.source,
    sizer: createRangeSizer({ maxBlocks: lead.options.settings.maxRangeBlocks }),
    from: request.from,
    to: request.to,
    getFilter: () => request.filter,
  });
  const ranges: FetchedRange[] = [];
  try {
    for (let range = await stream.next(); range; range = await stream.next()) ranges.push(range);
    return ranges;
  } finally {
    stream.stop();
  }
}
