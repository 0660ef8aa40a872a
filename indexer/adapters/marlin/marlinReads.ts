import { marlinExtraDecimals } from '../../../schema/protocols/abis/marlin.js';
import { RATE_DECIMALS } from '../../../schema/protocols/marlin/settlement.js';
import type { ContractRead, ReadResults } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';

/** Events that name a rate. */
const priced: ReadonlySet<string> = new Set(['JobOpened', 'JobReviseRateFinalized']);

/**
 * How fine a market's rates are. A constant of its contract, which sits behind a proxy: each block is asked by itself, so
 * that what a rate means never hangs on the range it was read with.
 */
export function toMarlinReads({ log, name }: DecodedLog): readonly ContractRead[] {
  if (!priced.has(name)) return [];
  const { address, blockHash, height } = log;
  return [{ key: toKey(log), address, signature: marlinExtraDecimals, args: [], blockHash, height, immutable: true }];
}

/**
 * Decimals of a market's rates: those of its token and EXTRA_DECIMALS. Where the contract gives none, the 18 that the
 * source has of all markets (`EXTRA_DECIMALS` of MarketV1 in marlinprotocol/oyster-monorepo, 366b61f).
 */
export function toRateDecimals({ log, network }: DecodedLog, reads: ReadResults): number {
  const extra = reads.get(toKey(log));
  const { workToken } = network.definition;
  if (typeof extra !== 'bigint' || extra > MAX_EXTRA || !workToken) return RATE_DECIMALS;
  return workToken.decimals + Number(extra);
}

/** No rate of 256 bits has more digits; beyond that the answer is of another contract. */
const MAX_EXTRA = 77n;

function toKey({ address, height }: DecodedLog['log']): string {
  return `extraDecimals:${address.toLowerCase()}:${height}`;
}
