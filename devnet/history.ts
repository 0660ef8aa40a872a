import { assert } from '../schema/lib/assert.js';
import type { ChainWriter, SendRequest } from './chainWriter.js';
import type { Rpc } from './rpc.js';
import type { Encoder, Simulation } from './Simulation.js';

export interface HistoryOptions {
  readonly rpc: Rpc;
  readonly market: Simulation;
  readonly encoder: Encoder;
  readonly writer: ChainWriter;
  readonly signal: AbortSignal;
  /** Called with a height before that height is reached. */
  readonly announce: (height: number) => void;
  /** Called now and then with the height and the time (unix s) the history has reached. */
  readonly onBlock: (height: number, at: number) => void;
}

interface Block {
  readonly at: number;
  readonly requests: readonly SendRequest[];
}

const blocksPerWindow = 24;
const announcedAhead = 400;

/**
 * Writes the market's back-dated history: while anvil mines one window of blocks, the next one is made ready. False when
 * it was stopped before the end.
 */
export async function writeHistory(options: HistoryOptions): Promise<boolean> {
  const { writer, signal } = options;
  const start = await writer.readHead();
  let { height } = start;
  let announced = 0;
  let next = prepare(options, start.timestamp + 60);
  for (let window = await next; window.length > 0; window = await next) {
    if (signal.aborted) return false;
    next = prepare(options);
    if (height + blocksPerWindow > announced) {
      announced = height + announcedAhead;
      options.announce(announced);
    }
    for (const block of window) await writer.mine(block.at, block.requests);
    await assertMined(options.rpc, height, window);
    height += window.length;
    options.onBlock(height, window.at(-1)?.at ?? 0);
  }
  return true;
}

/** The next blocks of the market up to the end of its history; empty when it is reached. */
async function prepare({ market, encoder, writer }: HistoryOptions, opensAt?: number): Promise<Block[]> {
  const moments: { readonly at: number; readonly actions: unknown[] }[] = [];
  if (opensAt !== undefined) moments.push({ at: opensAt, actions: market.advance(opensAt) });
  while (moments.length < blocksPerWindow) {
    const at = market.nextAt();
    if (at === undefined || at > market.state.endsAt) break;
    const actions = market.advance(at);
    if (actions.length > 0) moments.push({ at, actions });
  }
  const transactions = await encoder.encode(moments.flatMap(({ actions }) => actions));
  const requests = await writer.toRequests(transactions);
  let taken = 0;
  return moments.map(({ at, actions }) => {
    taken += actions.length;
    return { at, requests: requests.slice(taken - actions.length, taken) };
  });
}

/** A transaction in the wrong block would make another chain of the same seed. */
async function assertMined(rpc: Rpc, height: number, window: readonly Block[]): Promise<void> {
  const method = 'eth_getBlockTransactionCountByNumber';
  const counts = await rpc.batch(
    window.map((_, index) => ({ method, params: [`0x${(height + 1 + index).toString(16)}`] })),
  );
  for (const [index, { requests }] of window.entries()) {
    const count = Number(counts[index]);
    assert(
      count === requests.length,
      `block ${height + 1 + index} holds ${requests.length} transactions, not ${count}`,
    );
  }
}
