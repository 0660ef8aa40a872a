import type { Address } from 'viem';
import { createContracts } from '../../indexer/decode/createContracts.js';
import { createDecoder } from '../../indexer/decode/createDecoder.js';
import type { DecodedLog, RawLog } from '../../indexer/events/logs.js';
import { computeMarket } from '../../schema/protocols/computeMarket.js';
import type { Network } from '../../schema/protocols/protocols.js';

/** The market's logs by the manifest; throws where one of them is none of it. */
export function decodeMarket(network: Network, logs: readonly RawLog[]): readonly DecodedLog[] {
  const decode = createDecoder(createContracts([network]));
  return logs.map((log) => {
    const decoding = decode(log);
    if (decoding.kind !== 'decoded') throw new Error(`a log of the market is ${decoding.kind}`);
    return decoding.decoded;
  });
}

/** As a network file describes it. */
export function toNetwork(address: Address): Network {
  const token = { symbol: 'ETH', decimals: 18 };
  return {
    manifest: computeMarket,
    definition: {
      ...{ id: 'compute-market-test', title: 'Market', summary: 'A market.', chainId: 31_337, chainName: 'Test' },
      ...{ recorded: false, capabilities: computeMarket.capabilities, workToken: token, stakeToken: token },
      contracts: [{ role: 'market', address, startBlock: 1 }],
    },
  };
}
