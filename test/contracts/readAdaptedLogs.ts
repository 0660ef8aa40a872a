import { createContracts } from '../../indexer/decode/createContracts.js';
import { createDecoder, listTopics } from '../../indexer/decode/createDecoder.js';
import type { AdaptedLog } from '../../indexer/events/logs.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createChainSource } from '../../indexer/source/createChainSource.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import { adaptLogs } from '../../indexer/sync/adaptLogs.js';
import { decodeLogs } from '../../indexer/sync/decodeLogs.js';
import type { Network } from '../../schema/protocols/protocols.js';

/** What a devnet's logs mean to the networks on it: fetched, verified, decoded and adapted as the sync does it. */
export async function readAdaptedLogs(url: string, networks: readonly Network[]): Promise<readonly AdaptedLog[]> {
  const chainId = 31_337;
  const pool = createEndpointPool({ chainId, endpoints: [{ url }], runtime: systemRuntime });
  const source = createChainSource({ pool, chainId, policy: { backfill: undefined, head: undefined } });
  const contracts = createContracts(networks);
  try {
    const { height } = await source.getHead();
    const filter = { addresses: contracts.addresses, topics: listTopics(networks.map(({ manifest }) => manifest)) };
    const range = await source.fetchRange({ from: 0, to: height, filter });
    if (range.kind !== 'fetched') throw new Error(range.reason);
    const { decoded, broken } = await decodeLogs(range.logs, { decode: createDecoder(contracts), contracts });
    const times = new Map(range.headers.map((header) => [header.height, header.time]));
    for (const [at, { time }] of range.times) times.set(at, time);
    const adapted = await adaptLogs(decoded, async () => new Map(), { timeOf: (at) => times.get(at) });
    const reasons = [...broken, ...adapted.broken].map(({ reason }) => reason);
    if (reasons.length > 0) throw new Error(`broken logs: ${reasons.join('; ')}`);
    return adapted.logs;
  } finally {
    await source.close();
  }
}
