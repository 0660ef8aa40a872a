import { toEventSelector } from 'viem/utils';
import { toMessage } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';
import { parseEvent } from '../../schema/lib/parseEvent.js';
import { AGGREGATOR_CONFIRMED, ANSWER_UPDATED, listFeedEvents } from '../../schema/prices/feedContracts.js';
import type { Manifest } from '../../schema/protocols/Manifest.js';
import { type BrokenLog, type DecodedLog, type RawLog, UNKNOWN_EVENT } from '../events/logs.js';
import { compileEvent, type EventDecoder } from './compileEvent.js';
import type { Contract, Contracts } from './createContracts.js';

/** Broken and foreign are values, never exceptions. An event that nobody listed is decoded to nothing, and kept. */
export type Decoding =
  | { readonly kind: 'decoded'; readonly decoded: DecodedLog }
  | { readonly kind: 'broken'; readonly broken: BrokenLog }
  | { readonly kind: 'foreign' };

export type Decode = (log: RawLog) => Decoding;

/**
 * Decodes by (address, topic0, topic count): ERC-20 and ERC-721 share a `Transfer` topic and differ only in how many
 * arguments are indexed. A log of before its contract was announced is foreign.
 */
export function createDecoder(contracts: Contracts): Decode {
  const events = new Map<Manifest, ReadonlyMap<string, RoleEvents>>();
  const feedEvents = createFeedEvents();
  return (log) => {
    const contract = contracts.find(log);
    if (!contract) return { kind: 'foreign' };
    const { network, role } = contract;
    const ofFeed = feedEvents(role);
    if (ofFeed) {
      const event = ofFeed.get(log.topics[0] ?? '0x')?.[log.topics.length];
      return event ? decode(log, contract, event) : { kind: 'foreign' };
    }
    let ofManifest = events.get(network.manifest);
    if (!ofManifest) {
      ofManifest = toEvents(network.manifest);
      events.set(network.manifest, ofManifest);
    }
    const event = ofManifest.get(role)?.get(log.topics[0] ?? '0x')?.[log.topics.length];
    if (event) return decode(log, contract, event);
    return { kind: 'decoded', decoded: { log, network, role, name: UNKNOWN_EVENT, args: {} } };
  };
}

/** First topics of every listed event, for a filter that names no addresses. */
export function listTopics(manifests: Iterable<Manifest>): readonly Hex[] {
  const topics = new Set<Hex>();
  for (const manifest of manifests)
    for (const events of toEvents(manifest).values()) for (const t of events.keys()) topics.add(t);
  return [...topics];
}

/** First topics of what is wanted of price feeds. */
export const feedTopics: readonly Hex[] = [ANSWER_UPDATED, AGGREGATOR_CONFIRMED].map((signature) =>
  toEventSelector(parseEvent(signature)),
);

interface Event {
  readonly name: string;
  readonly read: EventDecoder;
}

/** By topic0, then by the number of topics. */
type RoleEvents = ReadonlyMap<Hex, readonly (Event | undefined)[]>;

function decode(log: RawLog, { network, role }: Contract, { name, read }: Event): Decoding {
  try {
    return { kind: 'decoded', decoded: { log, network, role, name, args: read(log.topics, log.data) } };
  } catch (thrown) {
    return { kind: 'broken', broken: { log, network, stage: 'decode', reason: `${name}: ${toMessage(thrown)}` } };
  }
}

function toEvents(manifest: Manifest): ReadonlyMap<string, RoleEvents> {
  const roles = Object.entries(manifest.events);
  return new Map(roles.map(([role, signatures]) => [role, toRoleEvents(signatures)]));
}

/** Of a role of a price feed's contracts; undefined for one of a protocol. */
function createFeedEvents(): (role: string) => RoleEvents | undefined {
  const known = new Map<string, RoleEvents | undefined>();
  return (role) => {
    if (!known.has(role)) {
      const signatures = listFeedEvents(role);
      known.set(role, signatures && toRoleEvents(signatures));
    }
    return known.get(role);
  };
}

function toRoleEvents(signatures: readonly string[]): RoleEvents {
  const events = new Map<Hex, (Event | undefined)[]>();
  for (const signature of signatures) {
    const event = parseEvent(signature);
    const topic = toEventSelector(event);
    const byCount = events.get(topic) ?? [];
    byCount[1 + event.inputs.filter((input) => input.indexed).length] = { name: event.name, read: compileEvent(event) };
    events.set(topic, byCount);
  }
  return events;
}
