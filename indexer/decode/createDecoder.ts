import { type AbiEvent, parseAbiItem, toEventSelector } from 'viem';
import { toMessage } from '../../schema/lib/errors.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { type BrokenLog, type DecodedLog, type RawLog, UNKNOWN_EVENT } from '../events/logs.js';
import { compileEvent, type EventDecoder } from './compileEvent.js';

/** Broken and foreign are values, never exceptions. An event that nobody listed is decoded to nothing, and kept. */
export type Decoding =
  | { readonly kind: 'decoded'; readonly decoded: DecodedLog }
  | { readonly kind: 'broken'; readonly broken: BrokenLog }
  | { readonly kind: 'foreign' };

interface Contract {
  readonly network: Network;
  readonly role: string;
  readonly events: ReadonlyMap<string, Event>;
}

interface Event {
  readonly name: string;
  readonly read: EventDecoder;
}

/**
 * Decodes by (address, topic0, topic count): ERC-20 and ERC-721 share a `Transfer` topic and differ only in how many
 * arguments are indexed.
 */
export function createDecoder(networks: readonly Network[]): (log: RawLog) => Decoding {
  const contracts = new Map<string, Contract>();
  for (const network of networks) {
    for (const { role, address } of network.definition.contracts) {
      contracts.set(address.toLowerCase(), { network, role, events: toEvents(network, role) });
    }
  }
  return (log) => {
    const contract = contracts.get(log.address);
    if (!contract) return { kind: 'foreign' };
    const event = contract.events.get(toKey(log.topics[0] ?? '', log.topics.length));
    if (event) return decode(log, contract, event);
    const { network, role } = contract;
    return { kind: 'decoded', decoded: { log, network, role, name: UNKNOWN_EVENT, args: {} } };
  };
}

function decode(log: RawLog, { network, role }: Contract, { name, read }: Event): Decoding {
  try {
    return { kind: 'decoded', decoded: { log, network, role, name, args: read(log.topics, log.data) } };
  } catch (thrown) {
    return { kind: 'broken', broken: { log, network, stage: 'decode', reason: `${name}: ${toMessage(thrown)}` } };
  }
}

function toEvents(network: Network, role: string): ReadonlyMap<string, Event> {
  const signatures = network.manifest.events[role] ?? [];
  return new Map(
    signatures.map((signature) => {
      const event = parseAbiItem(signature) as AbiEvent;
      const indexed = event.inputs.filter((input) => input.indexed).length;
      return [toKey(toEventSelector(event), indexed + 1), { name: event.name, read: compileEvent(event) }];
    }),
  );
}

function toKey(topic0: string, topicCount: number): string {
  return `${topic0}:${topicCount}`;
}
