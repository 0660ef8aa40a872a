import type { Hex } from '../../schema/lib/hex.js';
import { listNodes } from '../computeMarket/lookups.js';
import { createBeatScript } from './createBeatScript.js';
import { toNodeId, toProviderAccount } from './listBeatSessions.js';
import type { DevnetOrigin } from './listLives.js';

/** Announced maintenance of one node, as `maintenance_notice` has it, with a public id in place of a number. */
export interface BeatNotice {
  readonly nodeId: string;
  readonly fromSlot: number;
  /** Not included. */
  readonly toSlot: number;
  readonly account: Hex;
  readonly receivedAt: Date;
}

/** Every notice of the devnet's past; those of the time after it are announced by the agents as well. */
export function listBeatNotices(origin: DevnetOrigin): readonly BeatNotice[] {
  const { startsAt, endsAt } = origin;
  const notices = createBeatScript(origin).listNotices(startsAt, endsAt);
  return notices.flatMap(({ provider, from: fromSlot, to: toSlot, announcedAt }) => {
    const account = toProviderAccount(provider).address.toLowerCase() as Hex;
    const receivedAt = new Date(announcedAt * 1_000);
    return listNodes(provider).map((node) => ({ nodeId: toNodeId(node), fromSlot, toSlot, account, receivedAt }));
  });
}
