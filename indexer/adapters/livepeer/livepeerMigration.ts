import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import { hex } from '../values.js';
import { toTransit } from './livepeerStake.js';
import { type Meanings } from './Meaning.js';

/**
 * What came over from Ethereum. The same transaction bonds the stake, by Bond or out of a delegator pool by TransferBond,
 * and funds the deposit: those logs carry the effect, these say where it came from. Fees of former years are paid out.
 */
export const migrationMeanings: Meanings = {
  StakeClaimed: ({ args }) => toMigration(args.delegator, { stake: args.stake, fees: args.fees }),
  MigrateDelegatorFinalized: ({ args }) => {
    const { l2Addr, stake, fees } = args.params as MigrateDelegatorParams;
    return toMigration(l2Addr, { stake, fees });
  },
  MigrateUnbondingLocksFinalized: ({ args }) => {
    const { l2Addr, total } = args.params as MigrateUnbondingLocksParams;
    return toMigration(l2Addr, { stake: total, fees: 0n });
  },
};

interface MigrateDelegatorParams {
  readonly l2Addr: string;
  readonly stake: bigint;
  readonly fees: bigint;
}

interface MigrateUnbondingLocksParams {
  readonly l2Addr: string;
  readonly total: bigint;
}

function toMigration(
  owner: unknown,
  { stake, fees }: { readonly stake: unknown; readonly fees: unknown },
): readonly CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  if (stake !== 0n) events.push(toTransit('moved', owner, stake));
  if (fees !== 0n) events.push({ kind: 'paid', role: 'withdrawal', recipient: hex(owner), amount: fees as bigint });
  return events;
}
