import type { Hex } from '../../../schema/lib/hex.js';
import type { Filter } from '../ChainSource.js';
import type { RpcCall } from '../rpc/Transport.js';
import type { LogFilter } from '../verification/logFilter.js';

export function callHeader(block: number | 'latest' | 'safe' | 'finalized'): RpcCall {
  return { method: 'eth_getBlockByNumber', params: [typeof block === 'number' ? toQuantity(block) : block, false] };
}

export function callHeaderByHash(hash: Hex): RpcCall {
  return { method: 'eth_getBlockByHash', params: [hash, false] };
}

/** Of a range of heights, or of a block by its hash; several calls where the filter names more contracts than one takes. */
export function callLogs(
  where: { readonly from: number; readonly to: number } | Hex,
  filter: Filter,
  maxAddresses: number,
): readonly RpcCall[] {
  const block =
    typeof where === 'string'
      ? { blockHash: where }
      : { fromBlock: toQuantity(where.from), toBlock: toQuantity(where.to) };
  return splitFilter(filter, maxAddresses).map(({ addresses, topics }) => ({
    method: 'eth_getLogs',
    params: [
      { ...block, ...(addresses.length > 0 ? { address: addresses } : {}), ...(topics ? { topics: [topics] } : {}) },
    ],
  }));
}

/** What one call can ask for, of each. */
export function splitFilter({ addresses, topics, also }: Filter, maxAddresses: number): readonly Filter[] {
  const own = splitAddresses({ addresses, topics }, maxAddresses);
  return also ? [...own, ...splitAddresses(also, maxAddresses)] : own;
}

function splitAddresses(filter: Filter, maxAddresses: number): readonly Filter[] {
  const { addresses, topics } = filter;
  if (addresses.length <= maxAddresses) return [filter];
  return Array.from({ length: Math.ceil(addresses.length / maxAddresses) }, (_, part) => ({
    addresses: addresses.slice(part * maxAddresses, (part + 1) * maxAddresses),
    topics,
  }));
}

export function toLogFilter({ addresses, topics, also }: Filter): LogFilter {
  const own = topics ? { addresses, topics: [topics] } : { addresses };
  return also ? { ...own, also: toLogFilter(also) } : own;
}

export function toQuantity(number: number): Hex {
  return `0x${number.toString(16)}`;
}
