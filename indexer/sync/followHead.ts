import type { Header, RawLog } from '../events/logs.js';
import type { FetchedBlock, Filter } from '../source/ChainSource.js';
import type { Batch } from '../writer/Store.js';
import { interpretLogs } from './interpretLogs.js';
import { type Lead, prepare, toFilter, toVerifiedRanges, write } from './Lead.js';

/** Writes blocks that follow the cursor, each asked for by its hash: what is written is of this branch and no other. */
export async function followHead(lead: Lead, headers: readonly Header[]): Promise<void> {
  for (let start = 0; start < headers.length && !lead.signal.aborted; start += BLOCKS_AT_ONCE) {
    const some = headers.slice(start, start + BLOCKS_AT_ONCE);
    await write(lead, await prepare(lead, await toBatch(lead, some)));
  }
}

/** After a pause many blocks are written in one transaction, which is what lets a slow database catch up. */
const BLOCKS_AT_ONCE = 100;

async function toBatch(lead: Lead, headers: readonly Header[]): Promise<Batch> {
  const { source } = lead.options;
  const filter = toFilter(lead);
  const blocks = await source.fetchBlocks(headers, filter);
  const times = new Map(headers.map(({ height, time }) => [height, time]));
  const interpreted = await interpretLogs(toLogs(blocks), {
    ...lead.interpreter,
    filter,
    timeOf: (height) => times.get(height),
    async fetchMissing(missing: Filter, from: number) {
      const later = headers.filter(({ height }) => height >= from);
      return toLogs(await source.fetchBlocks(later, missing));
    },
  });
  const [first, last] = [headers[0], headers.at(-1)];
  if (!first || !last) throw new Error('Assertion failed: a batch is made of blocks');
  return {
    ...interpreted,
    from: first.height,
    coarse: false,
    after: lead.cursor,
    last,
    headers,
    verified: toVerifiedRanges(blocks.map(({ header, level }) => ({ height: header.height, level }))),
  };
}

function toLogs(blocks: readonly FetchedBlock[]): readonly RawLog[] {
  return blocks.flatMap(({ logs }) => logs);
}
