import { RetryableError } from '../../schema/lib/errors.js';
import type { Header, RawLog } from '../events/logs.js';
import type { Source } from '../source/Source.js';
import type { RangePlan } from './planRange.js';

export interface FetchedRange {
  readonly logs: readonly RawLog[];
  /** Of the range's ends and of every block with logs; of every block near the head. Ascending. */
  readonly headers: readonly Header[];
  readonly first: Header;
  readonly last: Header;
}

/**
 * Logs of a range with the headers that prove they belong together. The chain may change between two calls: whatever
 * does not fit is a RetryableError, and the range is asked for again.
 */
export async function fetchRange(
  source: Source,
  options: { readonly range: RangePlan; readonly addresses: readonly string[]; readonly everyHeader: boolean },
): Promise<FetchedRange> {
  const { range, addresses, everyHeader } = options;
  const logs = await source.listLogs({ ...range, addresses });
  const headers = await source.listHeaders(toHeights(range, logs, everyHeader));
  const first = headers[0];
  const last = headers.at(-1);
  if (first?.height !== range.from || last?.height !== range.to) {
    throw new RetryableError(`Expected blocks ${range.from} to ${range.to}, the node no longer has them all.`);
  }
  assertLinked(headers);
  assertOfHeaders(logs, headers);
  return { logs, headers, first, last };
}

function toHeights({ from, to }: RangePlan, logs: readonly RawLog[], everyHeader: boolean): readonly number[] {
  if (everyHeader) return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return [...new Set([from, ...logs.map((log) => log.height), to])].sort((one, other) => one - other);
}

function assertLinked(headers: readonly Header[]): void {
  for (const [index, header] of headers.entries()) {
    const parent = headers[index - 1];
    if (parent?.height === header.height - 1 && parent.hash !== header.parentHash) {
      throw new RetryableError(
        `Block ${header.height} does not follow block ${parent.height}: the chain changed meanwhile.`,
      );
    }
  }
}

function assertOfHeaders(logs: readonly RawLog[], headers: readonly Header[]): void {
  const hashes = new Map(headers.map((header) => [header.height, header.hash]));
  const stray = logs.find((log) => hashes.get(log.height) !== log.blockHash);
  if (stray) {
    throw new RetryableError(`A log of block ${stray.height} names another block hash: the chain changed meanwhile.`);
  }
}
