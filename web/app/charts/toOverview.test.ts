import { type NetworkSeries, toOverview } from './toOverview.js';

const networks = ['big', 'small'].map((id) => ({
  ...{ id, title: `The ${id} one`, workToken: { symbol: id.toUpperCase(), decimals: 2 }, stakeToken: null },
}));

function series(
  network: string,
  id: string,
  value: string | null,
  more: Partial<NetworkSeries['metric']> = {},
): NetworkSeries {
  return {
    ...{ subject: network, reason: value === null ? 'Not recorded.' : null, network: { id: network } },
    metric: { ...{ id, title: id, unit: 'usd', token: null, value: 'sum', better: null, definition: '' }, ...more },
    points:
      value === null
        ? []
        : [
            {
              ...{
                from: '2026-03-01T00:00:00.000Z',
                value,
                numerator: value,
                denominator: null,
                low: null,
                high: null,
              },
              ...{ samples: '1', coverage: null, inProgress: false, reason: null },
            },
          ],
  };
}
const price = { value: 'computed', unit: 'usdPerGpuHour' } as const;
const show = (all: readonly NetworkSeries[], of = networks) =>
  toOverview(all, of).map(({ id, figure, networks: many, name }) => [
    id,
    figure.subject,
    figure.last?.text,
    many,
    name,
  ]);

describe('what several networks come to', () => {
  it('adds what adds up, and takes a price from the market that turns over most', () => {
    const all = [
      ...[series('small', 'economy.payoutsUsd', '2'), series('big', 'economy.payoutsUsd', '40')],
      ...[series('small', 'economy.gmvUsd', '2'), series('big', 'economy.gmvUsd', '40')],
      ...[series('small', 'price.settledIndex', '9', price), series('big', 'price.settledIndex', '0.5', price)],
    ];
    expect(show(all)).toEqual([
      ['price', 'big', '0.5', 1, 'The big one'],
      ['payouts', 'all', '42', 2, null],
    ]);
  });

  it('is told by the next figure where there is none of the first, and by the reason where there is none at all', () => {
    const all = [
      ...[series('big', 'supply.registeredGpuSeconds', null, { value: 'sum' }), series('big', 'supply.nodes', '4')],
      series('big', 'supply.onlineShare', null),
    ];
    const tiles = toOverview(all, networks.slice(0, 1));
    expect(tiles.map(({ id, figure }) => [id, figure.metric.id, figure.last?.text ?? figure.reason])).toEqual([
      ['supply', 'supply.nodes', '4'],
      ['online', 'supply.onlineShare', 'Not recorded.'],
    ]);
  });

  it('has amounts in tokens of one network alone', () => {
    const payouts = { unit: 'baseUnits', token: 'work', value: 'sum' } as const;
    const all = [series('small', 'economy.payouts', '700', payouts), series('big', 'economy.payouts', '500', payouts)];
    expect(show(all, networks.slice(1))).toEqual([['payouts', 'small', '7', 1, null]]);
    expect(show(all)[0]?.slice(3)).toEqual([1, 'The small one']);
  });
});
