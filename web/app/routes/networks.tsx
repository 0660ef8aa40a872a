import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { networkColumns, sortNetworkRows, toNetworkRows } from '../charts/toNetworkRows.js';
import { EmptyState } from '../components/EmptyState.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { ask } from '../data/ask.js';
import { askOverview } from '../data/findOverview.js';
import { networksQuery } from '../data/networkQueries.js';
import { textOf, useText } from '../i18n/useText.js';
import { later, Part } from '../later.js';
import { readSorting, type Sorting, toSearch } from '../listState.js';

/** Not needed to paint what the server wrote. */
const networkTable = later(async () => (await import('../components/NetworkTable.js')).NetworkTable);

export const handle = { live: true };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)('Networks')} · Computescan` },
  {
    name: 'description',
    content: textOf(matches)(
      'Compute networks by supply, price, reliability, payouts, buyers and freshness, side by side.',
    ),
  },
];

const sortKeys = [...networkColumns.map(({ id }) => id), 'asOf'];
/** Of as many the figures of thirty days are one answer. */
const MOST_AT_ONCE = 16;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const { networks } = await ask(context, networksQuery, {});
  const metrics = networkColumns.flatMap((column) => column.metrics);
  const parts = Array.from({ length: Math.ceil(networks.length / MOST_AT_ONCE) }, (_, at) =>
    networks.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  );
  const answers = await Promise.all(parts.map((part) => askOverview(context, part, { metrics })));
  const series = answers.flatMap((answer) => answer.series);
  const asOf = new Map(series.map(({ network, asOfTime }) => [network.id, asOfTime]));
  const sorting = readSorting(search, sortKeys, { key: 'machines', direction: 'desc' });
  return {
    rows: sortNetworkRows(toNetworkRows(series, networks, asOf), sorting.key, sorting.direction),
    networks: networks.map(({ capabilities: _, ...network }) => network),
    sorting,
    question: answers[0]?.question ?? null,
  };
}

export default function Networks() {
  const t = useText();
  const { rows, networks, sorting, question } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const toHref = ({ key, direction }: Sorting<string>) => toSearch(search, { sort: key, dir: direction });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Networks')}</h1>
          <p className="lead">{t('Side by side, on the same day and by the same definitions.')}</p>
        </div>
      </div>
      {rows.length > 0 ? (
        <Part of={networkTable} with={{ rows, networks, sorting, toHref }} />
      ) : (
        <EmptyState title={t('No network has been indexed yet.')}>
          {t('The first blocks are being read; this page fills by itself.')}
        </EmptyState>
      )}
      {question ? <ShowGraphql question={question} /> : null}
    </>
  );
}
