import type { Hex } from '../../../schema/lib/hex.js';
import type { Header, RawLog } from '../../events/logs.js';
import { MalformedAnswer } from './rpcCodec.js';

/** What a check of one block's answers comes to. */
export type Verdict = Accepted | NeedsReceipts | Refused;

/**
 * exact: these logs are all that the block has for the filter, byte for byte. superset: the header is sound, none of the
 * logs can be wholly invented, none of the filter's contracts was passed over. none: only the form was looked at.
 */
export interface Accepted {
  readonly kind: 'ok';
  readonly level: 'exact' | 'superset' | 'none';
  readonly header: Header;
  readonly logs: readonly RawLog[];
}

/** Nothing is wrong so far, but only receipts can tell; `suspects` are entries of the bloom without a log. */
export interface NeedsReceipts {
  readonly kind: 'needsReceipts';
  readonly suspects: readonly Hex[];
  readonly detail: string;
}

/** The endpoint is at fault, unless `limit` says that it may be this version's knowledge of the chain. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly detail: string;
  readonly limit?: string;
}

export function refuse(reason: RefusalReason, detail: string): Refused {
  return { kind: 'refused', reason, detail };
}

/** What has not the form of the protocol is refused like all else that is wrong. */
export function refuseMalformed<T>(check: () => T): T | Refused {
  try {
    return check();
  } catch (thrown) {
    if (!(thrown instanceof MalformedAnswer)) throw thrown;
    return refuse('malformed', thrown.message);
  }
}

export type RefusalReason = keyof typeof refusalReasons;

/** Every reason, in words that continue "refused because". */
export const refusalReasons = {
  malformed: 'an answer has not the form of the protocol',
  headerHashMismatch: 'the header does not hash to its own hash',
  parentMismatch: 'the header does not link to the block before it',
  wrongBlock: 'what was answered is of another block than the one asked for',
  removed: 'a log is marked as removed from the chain',
  duplicate: 'a log index comes twice',
  wrongOrder: 'the logs are not in the order of the block',
  outsideFilter: 'a log does not match what was asked for',
  bloomMissing: "the block's bloom rules a log out",
  bloomMismatch: "the block's bloom is not that of its receipts",
  receiptsRootMismatch: "the receipts do not add up to the header's root",
  logNotInReceipts: 'a log differs from the receipts or is not in them',
  logMissing: 'a log of the receipts was left out',
} as const;
