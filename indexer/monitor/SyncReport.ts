import type { Header } from '../events/logs.js';
import type { EndpointScore } from '../source/endpoints/EndpointPool.js';
import type { Phase } from '../writer/Store.js';

/**
 * What the sync tells whoever watches it: the monitor, the progress line, a simulation. It is told after the fact, from
 * values the sync holds anyway, and nothing the sync does depends on it.
 */
export type SyncReport =
  | {
      /** Before anything is fetched: which heights this chain is about, and what is written already. */
      readonly kind: 'begun';
      readonly chainId: number;
      /** First block that can hold a log of the networks. */
      readonly startHeight: number;
      readonly height?: number | undefined;
    }
  | {
      readonly kind: 'head';
      readonly chainId: number;
      readonly head: Pick<Header, 'height' | 'time'>;
      readonly safeHeight?: number | undefined;
      readonly finalizedHeight?: number | undefined;
    }
  | {
      /** A batch is committed. */
      readonly kind: 'written';
      readonly chainId: number;
      readonly last: Pick<Header, 'height' | 'time'>;
      readonly events: number;
      readonly quarantined: number;
    }
  | { readonly kind: 'phase'; readonly chainId: number; readonly phase: Phase; readonly reason?: string | undefined }
  | {
      /** Facts were taken back down to `height`. */
      readonly kind: 'reorg';
      readonly chainId: number;
      readonly from: number;
      readonly height: number;
    }
  | {
      /** Amounts up to `height` were held against the rules: `found` anomalies now, `standing` in all. */
      readonly kind: 'checked';
      readonly chainId: number;
      readonly height: number;
      readonly found: number;
      readonly standing: number;
    }
  | { readonly kind: 'endpoints'; readonly chainId: number; readonly scores: readonly EndpointScore[] }
  | { readonly kind: 'timing'; readonly chainId: number; readonly stage: SyncStage; readonly seconds: number }
  | {
      /** Of the answers that wait to be written, as they came. */
      readonly kind: 'buffer';
      readonly chainId: number;
      readonly bytes: number;
    };

/** fetchWait: the writer had nothing to write and waited for the source; prepare and write: as in Store. */
export type SyncStage = 'fetchWait' | 'prepare' | 'write';
