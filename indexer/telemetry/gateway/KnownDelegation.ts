import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { type Hex, toBytes, toHex } from '../../../schema/lib/hex.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import { createRecentBatches, type RecentBatches } from './createRecentBatches.js';
import { toMacSecret } from './toMacSecret.js';

/** A delegation in memory, with what the gateway remembers of those who use it. */
export interface KnownDelegation {
  readonly delegationKey: number;
  readonly id: Hex;
  readonly network: Network;
  /** Who granted it. */
  readonly account: Hex;
  /** Absent where the account signs each beat by itself. */
  readonly publicKey?: KeyObject;
  /** Absent where batches bear signatures only. */
  macKey?: KeyObject;
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Infinity: it is not. */
  revokedAtMs: number;
  /** In the order of the scope. */
  readonly nodeKeys: Int32Array;
  /** Unix ms, in the same order; NaN where the chain does not say. */
  readonly registeredAt: Float64Array;
  /** 1 for nodes that somebody else speaks for by now, in the same order. */
  foreign: Uint8Array;
  /** Highest counter that was taken, and the last slot of its batch. */
  highest: number;
  highestSlot: number;
  readonly recent: RecentBatches;
  /** Address groups from which its key was used rightly, the last one first. */
  readonly sources: string[];
  /** Those from which it was opened: whoever has seen the grant can do so, hence until the first bad signature only. */
  readonly guests: string[];
  /** On the gateway's clock that only grows. */
  usedAt: number;
  /** When it was read from the database, on the same clock. */
  loadedAt: number;
}

export interface DelegationRow {
  readonly delegation_key: number;
  readonly id: Buffer;
  readonly network_id: string;
  readonly account: Buffer;
  readonly public_key: Buffer | null;
  readonly valid_from: number | string;
  readonly valid_to: number | string;
  readonly revoked_at: number | string | null;
  readonly mac: boolean;
  readonly nodes: readonly number[];
  readonly registered: readonly (number | null)[] | null;
  readonly foreign: readonly boolean[] | null;
  readonly counter: number | null;
  readonly last_slot: number | null;
}

export function toKnownDelegation(
  row: DelegationRow,
  { network, macKey }: { readonly network: Network; readonly macKey: string },
): KnownDelegation {
  const id = toHex(row.id);
  return {
    delegationKey: row.delegation_key,
    id,
    network,
    account: toHex(row.account),
    publicKey: row.public_key ? toEd25519Key(row.public_key) : undefined,
    macKey: row.mac && macKey ? createSecretKey(toBytes(toMacSecret(macKey, id))) : undefined,
    validFromMs: Number(row.valid_from) * 1_000,
    validToMs: Number(row.valid_to) * 1_000,
    revokedAtMs: row.revoked_at === null ? Number.POSITIVE_INFINITY : Number(row.revoked_at) * 1_000,
    nodeKeys: Int32Array.from(row.nodes),
    registeredAt: Float64Array.from(row.nodes, (_, index) => row.registered?.[index] ?? Number.NaN),
    foreign: Uint8Array.from(row.nodes, (_, index) => (row.foreign?.[index] ? 1 : 0)),
    highest: row.counter ?? 0,
    highestSlot: row.last_slot ?? 0,
    recent: createRecentBatches(),
    sources: [],
    guests: [],
    usedAt: 0,
    loadedAt: 0,
  };
}

/** 32 bytes, as RFC 8410 wraps them. Throws where they are no key. */
export function toEd25519Key(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, bytes]), format: 'der', type: 'spki' });
}

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Puts an address group first, and lets go of the last one where there are many. */
export function rememberSource(groups: string[], group: string): void {
  if (groups[0] === group) return;
  forgetSource(groups, group);
  groups.unshift(group);
  if (groups.length > MAX_SOURCES) groups.pop();
}

export function forgetSource(groups: string[], group: string): void {
  const at = groups.indexOf(group);
  if (at !== -1) groups.splice(at, 1);
}

const MAX_SOURCES = 8;

/** Whether the key could speak when this was sent; undefined: it could. */
export function findFlawAt(delegation: KnownDelegation, sentAt: number): string | undefined {
  const { validFromMs, validToMs, revokedAtMs } = delegation;
  if (sentAt < validFromMs) return `not valid before ${new Date(validFromMs).toISOString()}`;
  if (sentAt >= revokedAtMs) return `revoked at ${new Date(revokedAtMs).toISOString()}`;
  if (sentAt >= validToMs) return `expired at ${new Date(validToMs).toISOString()}`;
  return undefined;
}
