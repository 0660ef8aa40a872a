import type { Hex } from '../../../schema/lib/hex.js';
import {
  fluenceGetCommitment,
  fluenceGetDatacenter,
  fluenceGetOffer,
  fluenceGetOfferDatacenter,
  fluenceGetPeer,
  fluenceGetResource,
  fluenceGetWorkerV1,
  fluenceGetWorkerV2,
  fluencePaymentToken,
} from '../../../schema/protocols/abis/fluence.js';
import type { ContractRead, ReadResults } from '../../events/ContractRead.js';
import type { Arguments, DecodedLog } from '../../events/logs.js';
import { isSet, toId } from './fluenceText.js';

export interface Commitment {
  readonly peerId: string;
  readonly delegator: string;
}

export interface Peer {
  readonly offerId: string;
  readonly unitCount: bigint;
}

export interface Offer {
  readonly provider: string;
  readonly paymentToken: string;
}

export interface Datacenter {
  readonly countryCode: string;
  readonly cityCode: string;
  readonly index: bigint;
}

export interface Worker {
  readonly onchainId: string;
  readonly peerId: string;
  readonly provider: string;
}

/** Logs of stake name a commitment, those of work a peer or a worker: each answer leads on to the provider. */
export function toFluenceReads(decoded: DecodedLog, known: ReadResults): readonly ContractRead[] {
  return wanted[`${decoded.role}.${decoded.name}`]?.({ decoded, known }, decoded.args) ?? [];
}

/** The log that asks, and what it knows so far. */
interface Asking {
  readonly decoded: DecodedLog;
  readonly known: ReadResults;
}

type Wanted = (asking: Asking, args: Arguments) => readonly ContractRead[];

const ofCommitment: Wanted = (asking, args) => askProviderOf(asking, args.commitmentId);
/** Proofs are many: they show on the page of their node and ask no further. */
const nodeOfCommitment: Wanted = (asking, args) => askCommitment(asking, args.commitmentId);
const ofPeer: Wanted = (asking, args) => askPeer(asking, args.peerId);
const ofResource: Wanted = (asking, args) => askResource(asking, args.resourceId);

const wanted: Readonly<Record<string, Wanted>> = {
  'diamond.MinPricePerCuPerEpochUpdated': (asking, args) => askOffer(asking, args.offerId),
  'diamond.ResourcePriceUpdated': (asking, args) => [...askOffer(asking, args.offerId), ...ofResource(asking, args)],
  'diamond.PeerCreated': (asking, args) => [...askOffer(asking, args.offerId), ...askDatacenter(asking, args.offerId)],
  'diamond.ComputeUnitCreated': ofPeer,
  'diamond.ComputeUnitRemoved': ofPeer,
  'diamond.PeerResourceRegistered': ofResource,
  'diamond.PeerResourceSupplyUpdated': ofResource,
  'diamond.CollateralDeposited': ofCommitment,
  'diamond.CollateralWithdrawn': ofCommitment,
  'diamond.RewardWithdrawn': ofCommitment,
  'diamond.CommitmentFailed': nodeOfCommitment,
  'diamond.CommitmentFinished': nodeOfCommitment,
  'diamond.CommitmentStatsUpdated': nodeOfCommitment,
  'diamond.ProofSubmitted': nodeOfCommitment,
  'diamond.ComputeUnitsMatched': ofPeer,
  'diamond.WorkerCreatedV2': ofPeer,
  'deal.WorkerJoined': ofPeer,
  'deal.WorkerRemoved': ofPeer,
  'deal.Deposited': askToken,
  'deal.Withdrawn': askToken,
  'deal.RewardWithdrawn': (asking, args) => [...askToken(asking), ...askWorker(asking, args.onchainWorkerId)],
};

function askCommitment({ decoded }: Asking, id: unknown): readonly ContractRead[] {
  return [
    ofDiamond(decoded, { key: toCommitmentKey(id), signature: fluenceGetCommitment, args: [id], immutable: true }),
  ];
}

function askProviderOf(asking: Asking, commitmentId: unknown): readonly ContractRead[] {
  const commitment = findCommitment(asking.known, commitmentId);
  return commitment ? askPeer(asking, commitment.peerId) : askCommitment(asking, commitmentId);
}

function askPeer(asking: Asking, id: unknown): readonly ContractRead[] {
  const { decoded, known } = asking;
  const peer = findPeer(known, decoded, id);
  if (peer) return askOffer(asking, peer.offerId);
  return [ofDiamond(decoded, { key: toKey('peer', decoded, id), signature: fluenceGetPeer, args: [id] })];
}

function askOffer({ decoded }: Asking, id: unknown): readonly ContractRead[] {
  return [ofDiamond(decoded, { key: toKey('offer', decoded, id), signature: fluenceGetOffer, args: [id] })];
}

function askDatacenter({ decoded, known }: Asking, offerId: unknown): readonly ContractRead[] {
  const key = toKey('offerDatacenter', decoded, offerId);
  const id = known.get(key);
  if (id === undefined) return [ofDiamond(decoded, { key, signature: fluenceGetOfferDatacenter, args: [offerId] })];
  if (!isSet(id)) return [];
  const signature = fluenceGetDatacenter;
  return [ofDiamond(decoded, { key: `datacenter:${toId(id)}`, signature, args: [id], immutable: true })];
}

function askResource({ decoded }: Asking, id: unknown): readonly ContractRead[] {
  return [
    ofDiamond(decoded, { key: `resource:${toId(id)}`, signature: fluenceGetResource, args: [id], immutable: true }),
  ];
}

function askToken({ decoded }: Asking): readonly ContractRead[] {
  return [ofDeal(decoded, { key: toTokenKey(decoded), signature: fluencePaymentToken, args: [] })];
}

/** The two versions of a deal answer the same call differently; the id in the answer tells which it was. */
function askWorker({ decoded, known }: Asking, id: unknown): readonly ContractRead[] {
  const [second, first] = toWorkerKeys(decoded, id);
  const read = ofDeal(decoded, { key: second, signature: fluenceGetWorkerV2, args: [id] });
  if (!known.has(second) || findWorker(known, decoded, id)) return [read];
  return [read, ofDeal(decoded, { key: first, signature: fluenceGetWorkerV1, args: [id] })];
}

type Call = Pick<ContractRead, 'key' | 'signature' | 'args'> & { readonly immutable?: boolean };

function ofDiamond(decoded: DecodedLog, call: Call): ContractRead {
  const diamond = decoded.network.definition.contracts.find(({ role }) => role === 'diamond');
  return toRead(decoded, diamond?.address ?? decoded.log.address, call);
}

/** What a deal says of itself and its workers stays as it is for as long as it says it. */
function ofDeal(decoded: DecodedLog, call: Call): ContractRead {
  return toRead(decoded, decoded.log.address, { ...call, immutable: true });
}

function toRead({ log }: DecodedLog, address: string, { immutable = false, ...call }: Call): ContractRead {
  const { blockHash, height } = log;
  return { ...call, address: address.toLowerCase() as Hex, blockHash, height, immutable };
}

/**
 * Whose pledge it is never changes, nor who staked it once the collateral is there; and while anything is logged of it,
 * its peer cannot leave.
 */
export function findCommitment(reads: ReadResults, id: unknown): Commitment | undefined {
  const commitment = reads.get(toCommitmentKey(id)) as Commitment | undefined;
  return commitment && isSet(commitment.peerId) ? commitment : undefined;
}

/** A peer may leave one offer for another, so an answer is good for its block only. */
export function findPeer(reads: ReadResults, decoded: DecodedLog, id: unknown): Peer | undefined {
  const peer = reads.get(toKey('peer', decoded, id)) as Peer | undefined;
  return peer && isSet(peer.offerId) ? peer : undefined;
}

/** The token of an offer may change. */
export function findOffer(reads: ReadResults, decoded: DecodedLog, id: unknown): Offer | undefined {
  const offer = reads.get(toKey('offer', decoded, id)) as Offer | undefined;
  return offer && isSet(offer.provider) ? offer : undefined;
}

export function findDatacenter(reads: ReadResults, decoded: DecodedLog, offerId: unknown): Datacenter | undefined {
  const id = reads.get(toKey('offerDatacenter', decoded, offerId));
  return id === undefined ? undefined : (reads.get(`datacenter:${toId(id)}`) as Datacenter | undefined);
}

export function findResourceType(reads: ReadResults, id: unknown): number | undefined {
  const resource = reads.get(`resource:${toId(id)}`) as { readonly ty: number } | undefined;
  return resource?.ty;
}

/** In what a deal pays. */
export function findToken(reads: ReadResults, decoded: DecodedLog): string | undefined {
  return reads.get(toTokenKey(decoded)) as string | undefined;
}

export function findWorker(reads: ReadResults, decoded: DecodedLog, id: unknown): Worker | undefined {
  const answers = toWorkerKeys(decoded, id).map((key) => reads.get(key) as Worker | undefined);
  return answers.find((worker) => worker && toId(worker.onchainId) === toId(id) && isSet(worker.provider));
}

function toCommitmentKey(id: unknown): string {
  return `commitment:${toId(id)}`;
}

function toTokenKey({ log }: DecodedLog): string {
  return `token:${log.address}`;
}

/** A worker is forgotten when it leaves. */
function toWorkerKeys({ log }: DecodedLog, id: unknown): readonly [string, string] {
  const worker = `${log.address}:${toId(id)}@${log.blockHash}`;
  return [`worker:${worker}`, `workerV1:${worker}`];
}

/** Of an answer that may differ from block to block. */
function toKey(kind: string, { log }: DecodedLog, id: unknown): string {
  return `${kind}:${toId(id)}@${log.blockHash}`;
}
