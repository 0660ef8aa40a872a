import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainWriter } from './chainWriter.js';
import type { Market } from './market.js';
import type { Store } from './store.js';
import type { Encoder } from './transactions.js';

export interface LiveOptions {
  readonly market: Market;
  readonly encoder: Encoder;
  readonly writer: ChainWriter;
  readonly store: Store;
  readonly signal: AbortSignal;
  /** Saves the whole chain; the journal begins anew. */
  readonly snapshot: () => Promise<void>;
}

const tickMs = 2000;
/** An empty block now and then keeps the head's age a sign of life. */
const heartbeatS = 12;
/** Mined again in two or three seconds at the next start. */
const maxJournalTransactions = 3000;

/**
 * Goes on in real time: every two seconds what is due goes into one block. After a sleep or a stop it goes on at the
 * present time; what can no longer be done in time is left out and ends by `claim`.
 */
export async function runLive(options: LiveOptions): Promise<void> {
  const { market, encoder, writer, store, signal } = options;
  let known = (await writer.readHead()).hash;
  let journaled = 0;
  while (!signal.aborted) {
    const head = await writer.readHead();
    const now = Math.max(Math.floor(Date.now() / 1000), head.timestamp + 1);
    market.goLive(now);
    const isDue = (market.nextAt() ?? now) <= now || now - head.timestamp >= heartbeatS;
    if (isDue || (await writer.countPending()) > 0) {
      writer.forgetNonces();
      const requests = await writer.toRequests(await encoder.encode(market.advance(now)));
      store.append({ height: head.height + 1, parentHash: head.hash, timestamp: now, requests });
      await writer.mine(now, requests);
      const mined = await writer.readHead();
      store.writeMarket(mined.height, market.state);
      journaled += requests.length;
      // Transactions, blocks or reorgs of others are not in the journal, so the chain is saved as it is.
      const foreign = head.hash !== known || mined.height !== head.height + 1 || mined.transactions !== requests.length;
      if (foreign || journaled > maxJournalTransactions) {
        await options.snapshot();
        journaled = 0;
      }
      known = mined.hash;
    }
    await sleep(tickMs, undefined, { signal }).catch(() => undefined);
  }
}
