import { type DepositRow, toRunOut } from './toRunOut.js';

const SETTLED = new Date('2026-01-10T12:00:00Z');
const toTime = (seconds: number) => new Date(SETTLED.getTime() + seconds * 1_000);

/** 0.189 USDC, which at this rate lasts an hour. */
const open: DepositRow = {
  ...{ id: 'marlin-arbitrum:0x1', protocol: 'marlin', isClosed: false, scale: 18, tokenDecimals: 6 },
  ...{ balance: '189000', rate: '52500000000000', lastSettled: SETTLED, blockTime: toTime(60) },
};

describe('a deposit', () => {
  it('runs out when what was settled last and the rate say so', () => {
    const known = { runsOutAt: toTime(3_600), derived: true, reason: null };
    expect(toRunOut(open)).toEqual({ ...known, hasRunOut: false });
    expect(toRunOut({ ...open, blockTime: toTime(3_600) })).toEqual({ ...known, hasRunOut: false });
    expect(toRunOut({ ...open, blockTime: toTime(3_601) })).toEqual({ ...known, hasRunOut: true });
    expect(toRunOut({ ...open, blockTime: null })).toEqual({ ...known, hasRunOut: null });
  });

  it('counts in the decimals that the contract gave', () => {
    expect(toRunOut({ ...open, scale: 6, balance: String(52_500_000_000_000n * 7n) }).runsOutAt).toEqual(toTime(7));
    expect(toRunOut({ ...open, balance: '0' }).runsOutAt).toEqual(SETTLED);
  });

  it.each([
    ['another protocol', { protocol: 'iexec' }, /not paid by the second/],
    ['a closed job', { isClosed: true }, /closed/],
    ['no deposit', { balance: null }, /No deposit/],
    ['no rate', { rate: null }, /no rate/],
    ['no decimals', { tokenDecimals: null }, /How fine/],
    ['a rate coarser than its token', { scale: 5 }, /How fine/],
    ['payments without their deposits', { balance: '-1' }, /More was paid/],
    ['a rate of nothing', { rate: '0' }, /rate is 0/],
    ['a deposit without end', { balance: String(2n ** 256n - 1n), rate: '1' }, /year 9999/],
  ])('of %s has a reason in place of a time', (_, change, reason) => {
    expect(toRunOut({ ...open, ...change })).toEqual({
      ...{ runsOutAt: null, hasRunOut: null, derived: false },
      reason: expect.stringMatching(reason),
    });
  });
});
