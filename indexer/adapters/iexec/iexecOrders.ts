import { hashTypedData } from 'viem/utils';
import type { Hex } from '../../../schema/lib/hex.js';
import { iexecOrderTypes } from '../../../schema/protocols/abis/iexec.js';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { AdaptedLog, Arguments, DecodedLog } from '../../events/logs.js';
import type { SignedHash } from '../../events/SignedHash.js';
import { hex, ZERO_ADDRESS } from '../values.js';
import { toOwnerKey, toRegisteredKey } from './iexecTerms.js';

/**
 * Orders that were published through the hub's relay. Anybody may publish any order, so its price counts only where its
 * signature is that of whom it binds: the owner of the registered app, dataset or workerpool, or the requester. A contract
 * that signs for itself (EIP-1271) or an order signed on the hub beforehand cannot be told from a forgery by the log
 * alone: both stay events without a price.
 */
export function toOrderMeaning(decoded: DecodedLog, reads: ReadResults): Omit<AdaptedLog, 'decoded'> | undefined {
  const order = findOrder(decoded);
  if (!order) return undefined;
  const { kind, args, entry } = order;
  const subject = kind === 'WorkerpoolOrder' ? { provider: entry } : undefined;
  const signer = reads.get(toSignerKey(decoded)) as Hex | undefined;
  if (signer === undefined) return { events: [], subject, unverified: true };
  const price = { kind: 'priced', unit: 'task', ...kinds[kind].toPrice(args) } as const;
  // The registry's logs tell who owns a workerpool at this point, and the writer keeps that.
  if (kind === 'WorkerpoolOrder') return { events: [{ ...price, provider: entry, signer }], subject };
  const isBound =
    kind === 'RequestOrder'
      ? hex(args.requester) === signer
      : reads.get(toRegisteredKey(entry)) === true &&
        hex(reads.get(toOwnerKey(entry, decoded.log.blockHash))) === signer;
  if (!isBound) return { events: [], unverified: true };
  const provider = kind === 'RequestOrder' && entry !== ZERO_ADDRESS ? entry : undefined;
  return { events: [{ ...price, provider }] };
}

export function toOrderSignatures(decoded: DecodedLog): readonly SignedHash[] {
  const order = findOrder(decoded);
  if (!order) return [];
  const { kind, args } = order;
  const domain = {
    name: 'iExecODB',
    version: '5.0.0',
    chainId: decoded.network.definition.chainId,
    verifyingContract: decoded.log.address,
  };
  const types: Readonly<Record<string, readonly Field[]>> = { [kind]: fields[kind] };
  const hash = hashTypedData({ domain, types, primaryType: kind, message: args });
  return [{ key: toSignerKey(decoded), hash, signature: hex(args.sign) }];
}

type OrderKind = keyof typeof iexecOrderTypes;

interface Order {
  readonly kind: OrderKind;
  readonly args: Arguments;
  /** The app, dataset or workerpool that it offers; of a request the workerpool that it asks for, zero for any. */
  readonly entry: Hex;
  /** Role of the registry to ask for the entry; absent where the writer knows, or nothing needs to be known. */
  readonly registry?: string;
}

export function findOrder({ name, role, args }: DecodedLog): Order | undefined {
  const kind = name.startsWith('Broadcast') ? (name.slice('Broadcast'.length) as OrderKind) : undefined;
  if (role !== 'hub' || !kind || !(kind in kinds)) return undefined;
  const order = args[kind.toLowerCase()] as Arguments;
  const { field, registry } = kinds[kind];
  return { kind, args: order, entry: hex(order[field]), registry };
}

type Priced = Extract<CanonicalEvent, { kind: 'priced' }>;

interface KindOfOrder {
  readonly field: string;
  readonly registry?: string;
  readonly toPrice: (order: Arguments) => Pick<Priced, 'basis' | 'amount' | 'resource'>;
}

/** A price is per task. What one workerpool asks differs by category, and by what the tag demands of its machines. */
const kinds: Readonly<Record<OrderKind, KindOfOrder>> = {
  AppOrder: {
    ...{ field: 'app', registry: 'appRegistry' },
    toPrice: ({ app, appprice }) => toPrice('advertised', appprice, `app:${hex(app)}`),
  },
  DatasetOrder: {
    ...{ field: 'dataset', registry: 'datasetRegistry' },
    toPrice: ({ dataset, datasetprice }) => toPrice('advertised', datasetprice, `dataset:${hex(dataset)}`),
  },
  WorkerpoolOrder: {
    field: 'workerpool',
    toPrice: (order) => toPrice('advertised', order.workerpoolprice, toResource(order)),
  },
  // Bid is the most that the requester gives a workerpool. It may name a group of them, which is no provider.
  RequestOrder: {
    field: 'workerpool',
    toPrice: (order) => toPrice('bid', order.workerpoolmaxprice, toResource(order)),
  },
};

function toPrice(basis: Priced['basis'], amount: unknown, resource: string): ReturnType<KindOfOrder['toPrice']> {
  return { basis, amount: amount as bigint, resource };
}

function toResource({ category, tag }: Arguments): string {
  const bits = BigInt(String(tag));
  return bits === 0n ? `category:${category}` : `category:${category} tag:0x${bits.toString(16)}`;
}

interface Field {
  readonly type: string;
  readonly name: string;
}

const fields: Readonly<Record<OrderKind, readonly Field[]>> = {
  AppOrder: toFields(iexecOrderTypes.AppOrder),
  DatasetOrder: toFields(iexecOrderTypes.DatasetOrder),
  WorkerpoolOrder: toFields(iexecOrderTypes.WorkerpoolOrder),
  RequestOrder: toFields(iexecOrderTypes.RequestOrder),
};

function toFields(signature: string): readonly Field[] {
  return signature.split(', ').map((text) => {
    const [type = '', name = ''] = text.split(' ');
    return { type, name };
  });
}

function toSignerKey({ log }: DecodedLog): string {
  return `signer:${log.blockHash}:${log.logIndex}`;
}
