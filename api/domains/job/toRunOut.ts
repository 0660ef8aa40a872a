import { toRunOutTime } from '../../../schema/protocols/marlin/settlement.js';

/** What logs say of a job that is paid by the second out of a deposit. */
export interface DepositRow {
  readonly id: string;
  readonly protocol: string;
  readonly isClosed: boolean;
  /** Base units; null where no deposit is known. */
  readonly balance: string | null;
  /** Tokens a second with `scale` decimals. */
  readonly rate: string | null;
  readonly scale: number | null;
  readonly tokenDecimals: number | null;
  readonly lastSettled: Date;
  /** Of the last block whose facts are written. */
  readonly blockTime: Date | null;
}

export interface RunOutRow {
  readonly runsOutAt: Date | null;
  readonly hasRunOut: boolean | null;
  readonly derived: boolean;
  readonly reason: string | null;
}

/** When a job's deposit is used up, unless somebody adds to it, or why that cannot be said. */
export function toRunOut(row: DepositRow): RunOutRow {
  const { balance, rate, scale, tokenDecimals, lastSettled, blockTime } = row;
  if (row.protocol !== 'marlin') return toUnknown('Jobs of this protocol are not paid by the second out of a deposit.');
  if (row.isClosed) return toUnknown('The job is closed.');
  if (balance === null || rate === null) return toUnknown('No deposit or no rate of it is known.');
  if (scale === null || tokenDecimals === null || scale < tokenDecimals) {
    return toUnknown('How fine its rate is cannot be said.');
  }
  // A history that was indexed from the middle has payments without their deposits.
  if (BigInt(balance) < 0n) return toUnknown('More was paid than is known to have been deposited.');
  const seconds = toRunOutTime({
    ...{ rate: BigInt(rate), balance: BigInt(balance), extraDecimals: BigInt(scale - tokenDecimals) },
    lastSettled: BigInt(Math.floor(lastSettled.getTime() / 1_000)),
  });
  if (seconds === undefined) return toUnknown('Its rate is 0: the deposit lasts for ever.');
  if (seconds > LAST_SECOND) return toUnknown('The deposit lasts beyond the year 9999.');
  const runsOutAt = new Date(Number(seconds) * 1_000);
  return { runsOutAt, hasRunOut: blockTime && blockTime > runsOutAt, derived: true, reason: null };
}

const LAST_SECOND = BigInt(Date.UTC(9999, 11, 31) / 1_000);

function toUnknown(reason: string): RunOutRow {
  return { runsOutAt: null, hasRunOut: null, derived: false, reason };
}
