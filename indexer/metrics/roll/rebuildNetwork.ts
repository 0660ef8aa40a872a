import type pg from 'pg';
import { type Comparison, compareDerived, copyDerived } from './compareDerived.js';
import { readStanding } from './readStanding.js';
import { type Rolled, type RollOptions, remake, rollSeen } from './rollNetwork.js';
import { transactAlone } from './transactAlone.js';

export interface Rebuilt {
  readonly rolled: Rolled;
  /** Between what was stored and what is made from nothing, where it was asked for and they are of the same methods. */
  readonly compared: Comparison | undefined;
}

/**
 * Drops everything that is derived of a network and makes it anew, in one transaction: readers see the one or the other. Waits
 * for another roller of the network to end its turn; undefined where the signal ended that. With `compare` the network is first
 * rolled as a turn would, and what that comes to is held against what is made from nothing.
 */
export async function rebuildNetwork(
  options: RollOptions & { readonly compare: boolean },
): Promise<Rebuilt | undefined> {
  const { compare } = options;
  return alone(options, true, (client) => (compare ? compareRebuilt(client, options) : rebuild(client, options)));
}

/** The same as a rebuild that compares, and nothing of it is kept. */
export async function verifyNetwork(options: RollOptions): Promise<Rebuilt | undefined> {
  return alone(options, false, (client) => compareRebuilt(client, options));
}

async function alone(
  { pool, network, signal }: RollOptions,
  keep: boolean,
  work: (client: pg.ClientBase) => Promise<Rebuilt>,
): Promise<Rebuilt | undefined> {
  const done = await transactAlone({ pool, networkId: network.definition.id, wait: true, keep, signal }, work);
  return done?.result;
}

async function rebuild(
  client: pg.ClientBase,
  options: RollOptions & { readonly isFromNothing?: boolean },
): Promise<Rebuilt> {
  const standing = await readStanding(client, options.network.definition.id);
  if (standing.isDeferred) return { rolled: { kind: 'waiting' }, compared: undefined };
  return { rolled: await remake(client, options, standing), compared: undefined };
}

async function compareRebuilt(client: pg.ClientBase, options: RollOptions): Promise<Rebuilt> {
  const { network, onPart } = options;
  const { id } = network.definition;
  // All that is due, so that it is not taken for a difference.
  let turn = await rollSeen(client, options);
  while (turn.kind === 'rolled' && turn.isBehind) turn = await rollSeen(client, options);
  const isOutdated = turn.kind === 'rolled' && turn.isRebuild;
  if (isOutdated || turn.kind === 'waiting' || turn.kind === 'empty') return { rolled: turn, compared: undefined };
  await copyDerived(client, id);
  onPart?.('copy');
  const { rolled } = await rebuild(client, { ...options, isFromNothing: true });
  onPart?.('rebuild');
  const compared = await compareDerived(client, id);
  onPart?.('comparison');
  return { rolled, compared };
}
