import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { AdaptedLog, DecodedLog } from '../../events/logs.js';
import { hex, ZERO_ADDRESS } from '../values.js';

/**
 * The hub keeps one account per address, an ERC-20 balance (sRLC) out of which it buys, stakes and is paid. So every
 * Transfer is a change of what is held for somebody: over all of an account's changes without a job they add up to its
 * balance. What is locked goes to the hub itself, which is nobody's account: it is told by the Lock beside the Transfer.
 */
export function toAccountMeaning({ args, log }: DecodedLog): Omit<AdaptedLog, 'decoded'> {
  const [from, to, amount] = [hex(args.from), hex(args.to), args.value as bigint];
  if (amount === 0n) return { events: [] };
  const events: CanonicalEvent[] = [];
  if (from !== ZERO_ADDRESS && from !== log.address) {
    const change = to === ZERO_ADDRESS ? 'withdrawn' : 'moved';
    events.push({ kind: 'escrowChanged', change, account: from, amount, delta: -amount });
  }
  if (to !== ZERO_ADDRESS && to !== log.address) {
    const change = from === ZERO_ADDRESS ? 'deposited' : 'moved';
    events.push({ kind: 'escrowChanged', change, account: to, amount, delta: amount });
  }
  return { events };
}
