import type { Network } from '../../schema/protocols/protocols.js';
import type { Contracts } from './createContracts.js';
import { feedTopics, listTopics } from './createDecoder.js';

/** Above this many addresses nodes are asked by topics, and other contracts' logs are dropped here. */
const MAX_ADDRESSES = 1_000;

/** Which logs a chain's networks want, as a source is asked for them: all of protocols, and the answers of price feeds. */
export function toFilter({ addresses, feedAddresses }: Contracts, networks: readonly Network[]) {
  const also = feedAddresses.length > 0 ? { also: { addresses: feedAddresses, topics: feedTopics } } : {};
  if (addresses.length <= MAX_ADDRESSES) return { addresses, ...also };
  return { addresses: [], topics: listTopics(networks.map(({ manifest }) => manifest)), ...also };
}
