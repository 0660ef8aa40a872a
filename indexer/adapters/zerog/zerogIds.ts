import { keccak256, stringToBytes } from 'viem/utils';
import type { DecodedLog } from '../../events/logs.js';
import { hex } from '../values.js';

/** What a buyer has with one provider at one version of one serving contract. */
export function toSubaccount(serving: unknown, provider: unknown): string {
  return `${hex(serving)}:${hex(provider)}`;
}

/** The machine behind a provider's fine-tuning service. Each version of the contract keeps services of its own. */
export function toNode({ log, args }: DecodedLog): string {
  return `${hex(args.provider)}-${log.address}`;
}

/**
 * A deliverable's id is the provider's own text, unique for one buyer only, in which case matters: the hash of all that
 * makes it unique stands for job and task.
 */
export function toTask({ log, args }: DecodedLog, deliverableId: unknown = args.deliverableId): string {
  const place = [log.address, hex(args.user), hex(args.provider), String(deliverableId)];
  return keccak256(stringToBytes(place.join(':')));
}
