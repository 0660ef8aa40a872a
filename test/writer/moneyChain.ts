import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import type { Conservation } from '../../schema/protocols/Manifest.js';
import { type Block, createNetwork, toLog } from './marketChain.js';

/** Chains whose money adds up, down to the last unit: what breaks a rule on them was put there. */

export const strict: Conservation = {
  spending: { from: 'escrow', payouts: 'all' },
  escrow: { per: 'job' },
  stake: true,
  statedEscrow: { silentMoves: false },
  statedStake: { silentMoves: false },
  closedJob: true,
};

export const moneyNetwork = createNetwork('market-money', strict);

export interface Step {
  readonly height: number;
  readonly logIndex: number;
  readonly events: readonly CanonicalEvent[];
}

type Draw = (below: number) => number;

interface Job {
  readonly id: string;
  readonly buyer: string;
  readonly provider: string;
  held: bigint;
}

/** Jobs that are funded, paid for with a fee, and closed; stakes that come, go, earn and are slashed; balances said aloud. */
export function drawMoney(options: { readonly draw: Draw; readonly blocks: number; readonly from?: number }): Step[] {
  const { draw, blocks, from = 1 } = options;
  const open: Job[] = [];
  const escrows = new Map<string, bigint>();
  const bonds = new Map<string, bigint>();
  const unclaimed = new Map<string, bigint>();
  let jobs = 0;
  const amountUpTo = (most: bigint) => (most <= 0n ? 0n : 1n + ((BigInt(draw(1_000_000)) * 10n ** 12n) % most));

  function escrow(job: Job, change: 'deposited' | 'withdrawn' | 'spent', amount: bigint): CanonicalEvent {
    const delta = change === 'deposited' ? amount : -amount;
    job.held += delta;
    escrows.set(job.buyer, (escrows.get(job.buyer) ?? 0n) + delta);
    return { kind: 'escrowChanged', change, account: job.buyer, job: job.id, amount, delta };
  }

  function openJob(): readonly CanonicalEvent[] {
    jobs += 1;
    const job: Job = { id: `j${from}-${jobs}`, buyer: `b${draw(3)}`, provider: `p${draw(4)}`, held: 0n };
    open.push(job);
    const tasks = [{ task: job.id, position: 0 }];
    return [
      { kind: 'jobCreated', job: job.id, provider: job.provider, buyer: job.buyer, tasks, attributes: {} },
      { kind: 'taskStarted', task: job.id },
      escrow(job, 'deposited', amountUpTo(10n ** 20n)),
    ];
  }

  function pay(job: Job): readonly CanonicalEvent[] {
    const spent = amountUpTo(job.held);
    const fee = spent / 10n;
    return [
      { kind: 'paid', task: job.id, provider: 'ofTask', role: 'provider', payer: job.buyer, amount: spent - fee },
      ...(fee > 0n ? [{ kind: 'paid', task: job.id, role: 'fee', payer: job.buyer, amount: fee } as const] : []),
      escrow(job, 'spent', spent),
    ];
  }

  function close(job: Job): readonly CanonicalEvent[] {
    open.splice(open.indexOf(job), 1);
    return [...(job.held > 0n ? [escrow(job, 'withdrawn', job.held)] : []), { kind: 'taskCompleted', task: job.id }];
  }

  function stake(provider: string): readonly CanonicalEvent[] {
    const bonded = bonds.get(provider) ?? 0n;
    const earned = unclaimed.get(provider) ?? 0n;
    const of = { kind: 'stakeChanged', account: provider, provider } as const;
    switch (draw(5)) {
      case 0: {
        const amount = amountUpTo(bonded);
        bonds.set(provider, bonded - amount);
        return [{ ...of, change: draw(2) ? 'unlocking' : 'slashed', amount, delta: -amount }];
      }
      case 1: {
        const amount = amountUpTo(10n ** 18n);
        unclaimed.set(provider, earned + amount);
        return [{ ...of, account: 'pool', change: 'rewarded', amount, delta: amount }];
      }
      case 2:
        bonds.set(provider, bonded + earned);
        unclaimed.set(provider, 0n);
        return [
          { ...of, change: 'credited', amount: earned, delta: earned },
          { ...of, account: 'pool', change: 'moved', amount: earned, delta: -earned },
        ];
      default: {
        const amount = amountUpTo(10n ** 20n);
        bonds.set(provider, bonded + amount);
        return [
          { ...of, change: 'locked', amount, delta: amount },
          { kind: 'balanceStated', of: 'stake', account: provider, amount: bonded + amount },
        ];
      }
    }
  }

  function drawEvents(): readonly CanonicalEvent[] {
    const job = open[draw(open.length)];
    const buyer = `b${draw(3)}`;
    switch (draw(8)) {
      case 0:
      case 1:
        return openJob();
      case 2:
      case 3:
        return job && job.held > 0n ? pay(job) : openJob();
      case 4:
        return job ? close(job) : openJob();
      case 5:
        return [{ kind: 'balanceStated', of: 'escrow', account: buyer, amount: escrows.get(buyer) ?? 0n }];
      default:
        return stake(`p${draw(4)}`);
    }
  }

  return Array.from({ length: blocks }, (_, index) =>
    Array.from({ length: draw(7) }, (_, at) => ({ height: from + index, logIndex: at * 2, events: drawEvents() })),
  ).flat();
}

/** Every block of the range, with a transaction for each log. */
export function toMoneyBlocks(
  steps: readonly Step[],
  range: { readonly from: number; readonly to: number; readonly fork?: string },
): Block[] {
  const { from, to, fork = '' } = range;
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    height: from + index,
    fork,
    logs: steps
      .filter(({ height }) => height === from + index)
      .map(({ height, logIndex, events }) => toLog(events, { height, logIndex, fork, of: moneyNetwork })),
  }));
}
