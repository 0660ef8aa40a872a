import { sortNetworkRows, toNetworkRows } from './toNetworkRows.js';
import type { NetworkSeries } from './toOverview.js';

const networks = ['a', 'b', 'c'].map((id) => ({ id, title: id, workToken: null, stakeToken: null }));
const series = (network: string, value: string | null): NetworkSeries => ({
  ...{ subject: network, reason: value === null ? 'Nothing sends heartbeats.' : null, network: { id: network } },
  metric: {
    id: 'supply.nodes',
    title: 'Machines',
    unit: 'count',
    token: null,
    value: 'ratio',
    better: null,
    definition: '',
  },
  points: [value, '999'].flatMap((one, at) =>
    one === null || value === null
      ? []
      : {
          ...{
            from: `2026-03-0${at + 1}T00:00:00.000Z`,
            value: one,
            numerator: one,
            denominator: '1',
            low: null,
            high: null,
          },
          ...{ samples: '1', coverage: null, inProgress: at === 1, reason: null },
        },
  ),
});

describe('networks side by side', () => {
  const rows = toNetworkRows(
    [series('a', '5'), series('b', null), series('c', '70')],
    networks,
    new Map([['a', '2026-03-02T00:00:00Z']]),
  );

  it('are told by the last day that is over, or why not', () => {
    expect(
      rows.map(({ network, cells }) => [network, cells[0]?.last?.text ?? cells[0]?.reason, cells[0]?.rank]),
    ).toEqual([
      ['a', '5', 5],
      ['b', 'Nothing sends heartbeats.', null],
      ['c', '70', 70],
    ]);
  });

  it('are sorted with the unknown ones last in both directions', () => {
    const order = (column: string, direction: 'asc' | 'desc') =>
      sortNetworkRows(rows, column, direction).map(({ network }) => network);
    expect(order('machines', 'desc')).toEqual(['c', 'a', 'b']);
    expect(order('machines', 'asc')).toEqual(['a', 'c', 'b']);
    expect(order('asOf', 'asc')).toEqual(['a', 'b', 'c']);
    expect(order('nothing', 'asc')).toEqual(['a', 'b', 'c']);
  });
});
