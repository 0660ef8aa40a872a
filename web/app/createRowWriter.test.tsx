import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { RowWriterProvider } from './components/KeptRows.js';
import { type ListedProvider, type ListNetwork, ProviderTable, providerColumns } from './components/ProviderTable.js';
import { createRowWriter } from './createRowWriter.js';
import { NowProvider } from './now.js';

const reads = { language: 'en', kept: '', now: '2026-11-21T05:00:00.000Z' } as const;

/** Counts how often it is rendered. */
function Row({ count }: { readonly count: () => number }) {
  return (
    <tr>
      <td>{`rendered ${count()}`}</td>
    </tr>
  );
}

function makeRow(): { row: ReactElement; count: () => number } {
  let rendered = 0;
  const row = <Row count={() => ++rendered} />;
  return { row, count: () => rendered };
}

describe('a row that is written once', () => {
  it('is not rendered again while it is made of the same', () => {
    const write = createRowWriter(10);
    const { row, count } = makeRow();
    expect(write('a', row, reads)).toBe('<tr><td>rendered 1</td></tr>');
    expect(write('a', row, reads)).toBe('<tr><td>rendered 1</td></tr>');
    expect(count()).toBe(1);
  });

  it('is another one of other data, in another language and at another moment', () => {
    const write = createRowWriter(10);
    const { row, count } = makeRow();
    write('a', row, reads);
    write('b', row, reads);
    write('a', row, { ...reads, language: 'de' });
    write('a', row, { ...reads, kept: 'at=7' });
    expect(count()).toBe(4);
  });

  it('goes first when it was not shown for longest', () => {
    const write = createRowWriter(2);
    const { row, count } = makeRow();
    for (const made of ['a', 'b', 'a', 'c']) write(made, row, reads);
    expect(count()).toBe(3);
    write('a', row, reads);
    expect(count()).toBe(3);
    write('b', row, reads);
    expect(count()).toBe(4);
  });
});

const network: ListNetwork = {
  ...{ id: 'n', title: 'Network', recorded: false, notice: null, capabilities: [] },
  ...{ workToken: { symbol: 'DEV', decimals: 18 }, stakeToken: null },
};

function makeProvider(overrides: Partial<ListedProvider> = {}): ListedProvider {
  return {
    ...{ id: 'n:0x1', nativeId: '0x1', name: 'One', altered: [], active: true, network: { id: 'n' } },
    ...{ jobCount: '3', tasksCompleted: '4', tasksFailed: '1', stake: null, paid: '5000000000000000000' },
    ...{
      lastActiveAt: '2026-11-21T04:59:00.000Z',
      lastActiveHeight: '9',
      latestPrice: null,
      score: null,
      window: null,
    },
    ...overrides,
  };
}

function makeTable(provider: ListedProvider, { now = reads.now as string, title = network.title } = {}) {
  return (
    <NowProvider value={now}>
      <ProviderTable
        caption="Providers"
        providers={[provider]}
        networks={[{ ...network, title }]}
        shown={new Set(providerColumns.map(({ id }) => id))}
        sorting={{ key: 'jobs', direction: 'desc' }}
        toHref={() => '?'}
      />
    </NowProvider>
  );
}

describe('the list of providers', () => {
  it('is written from kept rows as the browser renders it, whatever changed since', () => {
    const write = createRowWriter(100);
    const onServer = (table: ReactElement) =>
      renderToString(<RowWriterProvider value={write}>{table}</RowWriterProvider>);
    const tables = [
      makeTable(makeProvider()),
      makeTable(makeProvider({ name: '<script>' })),
      makeTable(makeProvider({ active: false })),
      makeTable(makeProvider({ jobCount: '4' })),
      makeTable(makeProvider({ paid: '6000000000000000000' })),
      makeTable(makeProvider({ window: { lower: '0.99', coverage: 1 } })),
      makeTable(makeProvider(), { now: '2026-11-21T05:00:01.000Z' }),
      makeTable(makeProvider(), { title: 'Another title' }),
    ];
    const written = tables.map(onServer);
    expect(written).toEqual(tables.map((table) => renderToString(table)));
    expect(new Set(written).size).toBe(tables.length);
    expect(tables.map(onServer)).toEqual(written);
  });
});
