import type { UnpaidOutcome } from './attempts.js';
import type { PaymentFact } from './JobFacts.js';
import type { Outcome } from './Outcome.js';

/**
 * Numbers a task's outcomes and adds what was paid for each: all of its attempt up to the outcome's block, or, where nothing was
 * paid by then, what the first block brings that pays while the outcome stands. So what is known at a time never changes by a
 * later payment. `payments` are of the task, in the order of the chain.
 */
export function addPayments(rows: readonly UnpaidOutcome[], payments: readonly PaymentFact[]): readonly Outcome[] {
  return rows.map(({ attempt, ...row }, part) => {
    const { heightFrom, heightTo } = attempt;
    const own = payments.filter(({ height }) => height >= heightFrom && (heightTo === null || height < heightTo));
    return { ...row, part, ...toPaid(row, own) };
  });
}

type Paid = Pick<Outcome, 'paid' | 'fee' | 'paidAt'>;

function toPaid(row: Pick<Outcome, 'height' | 'knownFrom' | 'knownTo'>, payments: readonly PaymentFact[]): Paid {
  const isBefore = ({ height, time }: PaymentFact) =>
    row.height === null ? time <= row.knownFrom : height <= row.height || time <= row.knownFrom;
  const before = payments.filter(isBefore);
  if (before.length > 0) return toSum(before, row.knownFrom);
  const [first] = payments;
  const isStanding = first !== undefined && (row.knownTo === null || first.time < row.knownTo);
  return isStanding ? toSum([first], first.time) : { paid: null, fee: null, paidAt: null };
}

function toSum(payments: readonly PaymentFact[], paidAt: number): Paid {
  let [paid, fee] = [0n, 0n];
  for (const payment of payments) {
    paid += payment.paid;
    fee += payment.fee;
  }
  return { paid, fee, paidAt };
}
