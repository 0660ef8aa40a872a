import { createBackoff } from '../lib/backoff.js';
import type { SyncReport } from '../monitor/SyncReport.js';
import { isOutage } from '../writer/outage.js';
import { CursorMovedError, type Lease, LeaseLostError } from '../writer/Store.js';
import { type Ending, leadChain } from './leadChain.js';
import type { SyncOptions } from './SyncOptions.js';

/**
 * Follows one chain until the signal aborts, or until there is nothing left to follow. Of several indexers on one
 * database the one that holds the lease writes, the others stand by. An outage is retried for ever, a chain that needs a
 * person is halted and looked at again now and then, a bug is thrown.
 */
export async function syncChain(options: SyncOptions): Promise<void> {
  const { chainId, store, settings, runtime, log, signal, report } = options;
  const backoff = createBackoff({ firstMs: 250, maxMs: 15_000, runtime });
  /** The last one held; when another indexer has taken over nothing can be done under it any more. */
  let held: Lease | undefined;
  while (!signal.aborted) {
    try {
      const lease = await store.acquireLease(settings.holder, settings.leaseMs);
      if (!lease) {
        report?.({ kind: 'phase', chainId, phase: 'standby' });
        await runtime.sleep(settings.leaseMs / 5, signal);
        continue;
      }
      held = lease;
      const ending = await withLease(options, lease, () => backoff.reset());
      if (ending === 'done') return;
      if (ending === 'halted') await runtime.sleep(HALTED_LOOK_MS, signal);
    } catch (thrown) {
      store.forget();
      if (thrown instanceof CursorMovedError || thrown instanceof LeaseLostError) {
        log.warn({ chainId }, `${thrown.message} Standing by.`);
      } else if (isOutage(thrown)) {
        // An endpoint that is not waited for any longer is no outage.
        if (signal.aborted) return;
        log.warn({ chainId, reason: thrown.message }, 'The source or the database is out of reach; trying again.');
        report?.({ kind: 'phase', chainId, phase: 'waiting', reason: thrown.message });
        // Who stands by has nothing to say: the chain may do well under another one.
        if (held) await store.recordPhase(held, 'waiting', thrown.message).catch(() => undefined);
      } else {
        throw thrown;
      }
      await backoff.wait(signal);
    }
  }
}

/**
 * That a head can be seen is none: an endpoint may name it for ever and answer nothing of its blocks that can be used,
 * and would be asked for them four times a second.
 */
function isProgress(report: SyncReport): boolean {
  return report.kind === 'written' || report.kind === 'reorg' || (report.kind === 'phase' && report.phase === 'live');
}

/** Between two looks at a halted chain: its node may be right again, or somebody may have mended what is stored. */
const HALTED_LOOK_MS = 15_000;

/** Leads while the lease is renewed beside it, and gives it back at the end. */
async function withLease(options: SyncOptions, lease: Lease, onProgress: () => void): Promise<Ending> {
  const { store, settings, runtime, signal, report } = options;
  const leading = new AbortController();
  const end = () => leading.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  let lost: unknown;
  const renewing = renew(lease);
  async function renew(held: Lease): Promise<void> {
    for (;;) {
      await runtime.sleep(settings.leaseMs / 3, leading.signal);
      if (leading.signal.aborted) return;
      try {
        const renewed = await store.acquireLease(settings.holder, settings.leaseMs);
        if (renewed?.epoch === held.epoch) continue;
        lost = new LeaseLostError(`Expected to hold the lease of chain ${options.chainId}, another indexer took it.`);
      } catch (thrown) {
        // The writes need the same database; they say what is wrong with it.
        if (isOutage(thrown)) continue;
        lost = thrown;
      }
      end();
      return;
    }
  }
  try {
    const ending = await leadChain(
      {
        ...options,
        report(one) {
          if (isProgress(one)) onProgress();
          report?.(one);
        },
      },
      lease,
      leading.signal,
    );
    if (lost) throw lost;
    return ending;
  } finally {
    end();
    signal.removeEventListener('abort', end);
    await renewing;
    await store.releaseLease(lease).catch(() => undefined);
  }
}
