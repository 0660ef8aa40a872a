import { setTimeout as sleep } from 'node:timers/promises';
import { type ChainWriter, type Head, RefusedBlock, type SendRequest, type Transaction } from './chainWriter.js';
import type { Encoder, Simulation } from './Simulation.js';
import type { Store } from './store.js';

export interface LiveOptions {
  readonly market: Simulation;
  readonly encoder: Encoder;
  readonly writer: ChainWriter;
  readonly store: Store;
  readonly signal: AbortSignal;
  /** Whether snapshot and journal give the chain as it is. */
  readonly saved: boolean;
  /** Saves the whole chain, and the journal begins anew; false when that failed. */
  readonly snapshot: () => Promise<boolean>;
}

const tickMs = 2000;
/** An empty block now and then keeps the head's age a sign of life. */
const heartbeatS = 12;
/** Mined again in two or three seconds at the next start. */
const maxJournalTransactions = 3000;
/** After a snapshot that failed, for instance because the disk was full. */
const retryMs = 60_000;

/**
 * Goes on in real time: every two seconds what is due goes into one block. After a sleep or a stop it goes on at the
 * present time; what can no longer be done in time is left out and ends by `claim`.
 */
export async function runLive(options: LiveOptions): Promise<void> {
  const { market, writer, store, signal } = options;
  let { saved } = options;
  let known: string | undefined;
  let journaled = 0;
  let retryAt = 0;
  let late: readonly Transaction[] = [];
  while (!signal.aborted) {
    const head = await writer.readHead();
    const now = Math.max(Math.floor(Date.now() / 1000), head.timestamp + 1);
    if (known === undefined) market.goLive(now);
    known ??= head.hash;
    const isDue = (market.nextAt() ?? now) <= now || now - head.timestamp >= heartbeatS || late.length > 0;
    if (isDue || (await writer.countPending()) > 0) {
      const { count, refusal } = await mine(options, { head, now, late });
      const mined = await writer.readHead();
      store.writeMarket(mined.height, market.state);
      journaled += count;
      // Once more and with new nonces; what is refused again is left out.
      late = refusal && late.length === 0 ? refusal.requests.map(toTransaction) : [];
      // Transactions, blocks or reorgs of others are not in the journal, so the chain is saved as it is.
      const isOurs = head.hash === known && mined.height === head.height + 1 && mined.transactions === count;
      if (refusal || !isOurs) saved = false;
      if ((!saved || journaled > maxJournalTransactions) && Date.now() >= retryAt) {
        saved = await options.snapshot();
        if (saved) journaled = 0;
        else retryAt = Date.now() + retryMs;
      }
      known = mined.hash;
    }
    await sleep(tickMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One block of what was refused before and what is due now. Between nonce and block somebody else may use an account. */
async function mine(
  { market, encoder, writer, store }: LiveOptions,
  { head, now, late }: { head: Head; now: number; late: readonly Transaction[] },
): Promise<{ count: number; refusal?: RefusedBlock }> {
  const transactions = [...late, ...(await encoder.encode(market.advance(now)))];
  writer.forgetNonces();
  const requests = await writer.toRequests(transactions);
  store.append({ height: head.height + 1, parentHash: head.hash, timestamp: now, requests });
  try {
    await writer.mine(now, requests);
    return { count: requests.length };
  } catch (thrown) {
    if (thrown instanceof RefusedBlock) return { count: requests.length, refusal: thrown };
    throw thrown;
  }
}

function toTransaction({ from, to, data, value, gas }: SendRequest): Transaction {
  return { from, ...(to && { to }), data, ...(value && { valueWei: BigInt(value) }), gas: Number(gas) };
}
