import type { CanonicalEvent, NodeAttributes } from '../../events/CanonicalEvent.js';
import { findDatacenter, findOffer, findPeer, findResourceType, type Offer } from './fluenceReads.js';
import { findCid, isSet, toId, toResourceKind } from './fluenceText.js';
import { isWorkToken } from './fluenceTokens.js';
import type { LogContext, Meanings } from './Meaning.js';

/** Providers, what they ask for, and the peers that they offer it with. Prices are per epoch. */
export const marketMeanings: Meanings = {
  ProviderInfoUpdated: toProvider,
  // An offer of the second version says this first, and then what it asks for each resource.
  MarketOfferRegistered: (context) =>
    context.transaction.some(
      ({ name, args }) => name === 'OfferV2Created' && isSame(args.offerId, context.args.offerId),
    )
      ? []
      : toPrice(context, 'computeUnit', context.args.minPricePerCuPerEpoch),
  MinPricePerCuPerEpochUpdated: (context) => toPrice(context, 'computeUnit', context.args.minPricePerCuPerEpoch),
  ResourcePriceUpdated: (context) => toPrice(context, toKindOf(context), context.args.price),
  PeerCreated: toNode,
  PeerRemoved: ({ args }) => [{ kind: 'nodeUpdated', node: toId(args.peerId), attributes: { active: false } }],
  ComputeUnitCreated: toUnitCount,
  ComputeUnitRemoved: toUnitCount,
  PeerResourceRegistered: (context) => {
    const { maxSupply, details } = context.args;
    return toSupply(context, maxSupply, details ? { Details: String(details) } : {});
  },
  PeerResourceSupplyUpdated: (context) => {
    const { newMaxSupply, newAvailableSupply } = context.args;
    return toSupply(context, newMaxSupply, { Available: String(newAvailableSupply) });
  },
};

function toProvider({ args }: LogContext): readonly CanonicalEvent[] {
  const provider = toId(args.provider);
  const metadata = findCid(args.metadata);
  const attributes = { owner: provider, name: String(args.name), ...(metadata && { terms: { metadata } }) };
  return [{ kind: 'providerUpdated', provider, attributes }];
}

/** Whose peer it is, by the offer that it stands in. */
export function findProviderOfPeer({ reads, decoded }: LogContext, peerId: unknown): string | undefined {
  const peer = findPeer(reads, decoded, peerId);
  const offer = peer && findOffer(reads, decoded, peer.offerId);
  return offer && toId(offer.provider);
}

/** An offer in another token than the network's has no price that could be compared. */
function toPrice(context: LogContext, resource: string, amount: unknown): readonly CanonicalEvent[] {
  const offer = findOfferOf(context, context.args.offerId);
  if (!isWorkToken(context.decoded, offer?.paymentToken)) return [];
  const provider = offer && toId(offer.provider);
  return [{ kind: 'priced', provider, basis: 'advertised', unit: 'epoch', resource, amount: amount as bigint }];
}

/** Where an offer is new, its own transaction says whose it is. */
function findOfferOf({ transaction, reads, decoded }: LogContext, offerId: unknown): Offer | undefined {
  const born = transaction.find(({ name, args }) => name === 'MarketOfferRegistered' && isSame(args.offerId, offerId));
  return born ? (born.args as unknown as Offer) : findOffer(reads, decoded, offerId);
}

/** `owner` is the key by which the machine itself signs its proofs, not its provider. */
function toNode(context: LogContext): readonly CanonicalEvent[] {
  const { args, reads, decoded } = context;
  const offer = findOfferOf(context, args.offerId);
  const datacenter = findDatacenter(reads, decoded, args.offerId);
  const attributes: NodeAttributes = {
    active: true,
    ...(datacenter && { region: `${datacenter.countryCode}-${datacenter.cityCode}-${datacenter.index}` }),
    terms: { offer: toId(args.offerId), ...(isSet(args.owner) && { owner: toId(args.owner) }) },
  };
  return [{ kind: 'nodeUpdated', node: toId(args.peerId), provider: offer && toId(offer.provider), attributes }];
}

/** Units come and go one by one; how many there are is the peer's to say, at the end of the block. */
function toUnitCount({ args, reads, decoded }: LogContext): readonly CanonicalEvent[] {
  const peer = findPeer(reads, decoded, args.peerId);
  if (!peer) return [];
  const terms = { computeUnits: String(peer.unitCount) };
  return [{ kind: 'nodeUpdated', node: toId(args.peerId), attributes: { terms } }];
}

/** GPU is the one resource that nodes have fields for; the others are terms by the name of their kind. */
function toSupply(
  context: LogContext,
  supply: unknown,
  more: Readonly<Record<string, string>>,
): readonly CanonicalEvent[] {
  const kind = toKindOf(context);
  const rest = Object.entries(more).map(([name, value]) => [`${kind}${name}`, value] as const);
  const count = Number(supply);
  const attributes: NodeAttributes = {
    ...(kind === 'gpu' && Number.isSafeInteger(count) && { gpuCount: count }),
    terms: { [kind]: String(supply), ...Object.fromEntries(rest) },
  };
  return [{ kind: 'nodeUpdated', node: toId(context.args.peerId), attributes }];
}

/** A resource whose kind the chain could not tell goes by its id. */
function toKindOf({ args, reads }: LogContext): string {
  const type = findResourceType(reads, args.resourceId);
  return type === undefined ? toId(args.resourceId) : toResourceKind(type);
}

function isSame(one: unknown, other: unknown): boolean {
  return toId(one) === toId(other);
}
