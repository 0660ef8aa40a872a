import fc from 'fast-check';
import type { Header, RawLog } from '../events/logs.js';
import type { RangeAnswer, RangeRequest } from '../source/ChainSource.js';
import { createRangeSizer } from './createRangeSizer.js';
import { createRangeStream } from './createRangeStream.js';

function toHeader(height: number): Header {
  return { height, hash: `0x${height}`, parentHash: `0x${height - 1}`, time: new Date(0) };
}

function toAnswer({ from, to }: RangeRequest, bytes = 1): RangeAnswer {
  const logs: RawLog[] = [];
  return {
    ...{ kind: 'fetched' as const, from, to, logs, headers: [toHeader(from), toHeader(to)], times: new Map() },
    ...{ level: 'none' as const, endpoint: 'one', bytes },
  };
}

async function takeAll(stream: ReturnType<typeof createRangeStream>) {
  const ranges: { from: number; to: number }[] = [];
  for (let range = await stream.next(); range; range = await stream.next()) ranges.push(range);
  return ranges;
}

/** A turn of the event loop, so that answers overtake each other. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('range stream', () => {
  it('hands out every height once and in order, whatever order the answers come in and however they are refused', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 60 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
        async (from, count, limit, delays) => {
          const source = {
            async fetchRange(request: RangeRequest): Promise<RangeAnswer> {
              for (let turns = delays.next().value as number; turns > 0; turns -= 1) await turn();
              const blocks = request.to - request.from + 1;
              return blocks > limit ? { kind: 'tooLarge', reason: 'more than the limit' } : toAnswer(request);
            },
          };
          const sizer = createRangeSizer({ maxBlocks: 100 });
          const stream = createRangeStream({
            source,
            sizer,
            from,
            to: from + count - 1,
            getFilter: () => ({ addresses: [] }),
          });
          const ranges = await takeAll(stream);
          expect(ranges.flatMap((range) => [range.from, range.to + 1]).slice(1, -1)).toEqual(
            ranges.slice(1).flatMap((range) => [range.from, range.from]),
          );
          expect([ranges[0]?.from, ranges.at(-1)?.to]).toEqual([from, from + count - 1]);
        },
      ),
      { numRuns: 60 },
    ));

  it('holds no more bytes than it may, and still gets on when a single answer is larger', async () => {
    let inFlight = 0;
    let most = 0;
    const source = {
      async fetchRange(request: RangeRequest) {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await turn();
        inFlight -= 1;
        return toAnswer(request, 1_000);
      },
    };
    const sizer = createRangeSizer({ maxBlocks: 10 });
    sizer.noteFetched({ blocks: 10, logs: 0, bytes: 1_000 });
    const options = { source, sizer, from: 1, to: 300, getFilter: () => ({ addresses: [] }) };
    const stream = createRangeStream({ ...options, maxBytes: 3_000 });
    for (let count = 0; count < 10; count += 1) {
      await stream.next();
      for (let turns = 0; turns < 10; turns += 1) await turn();
      expect(stream.bufferedBytes).toBeLessThanOrEqual(3_000);
    }
    expect(most).toBeGreaterThan(1);
    stream.stop();
    expect(await takeAll(createRangeStream({ ...options, maxBytes: 10 }))).toHaveLength(30);
  });

  it('says so when a single block is refused, instead of asking for it for ever', async () => {
    const source = { fetchRange: async (): Promise<RangeAnswer> => ({ kind: 'tooLarge', reason: 'response too big' }) };
    const sizer = createRangeSizer({ maxBlocks: 8 });
    const stream = createRangeStream({ source, sizer, from: 1, to: 8, getFilter: () => ({ addresses: [] }) });
    await expect(stream.next()).rejects.toThrow(
      /Block 1 alone is more than the node answers at a time: response too big/,
    );
  });
});
