import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { Link } from '../components/Link.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { Pager } from '../components/Pager.js';
import { toPercent } from '../components/points.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { RemovedTradeTable } from '../components/RemovedTradeTable.js';
import { ask } from '../data/ask.js';
import { removedQuery, washShareQuery } from '../data/scoreQueries.js';
import { withShortName } from '../data/shorten.js';
import { toClean } from '../format.js';
import { textOf } from '../i18n/useText.js';
import { parseId, readPage, splitWindow, toSearch, toWindow } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  {
    title: data
      ? `Trades that count for nothing, ${toClean(data.network.title, 60)} · Computescan`
      : 'Not found · Computescan',
  },
  {
    name: 'description',
    content: textOf(matches)('Trades that count for nothing in a reputation, with the reason of each.'),
  },
];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  const page = readPage(new URL(request.url).searchParams);
  const { network } = id ? await ask(context, removedQuery, { id, ...toWindow(page) }) : { network: null };
  if (!network) throw new Response(null, { status: 404 });
  const { removedTrades, ...rest } = network;
  const { rows, hasNext } = splitWindow(removedTrades, page);
  const [last, first] = [rows[0]?.day, rows.at(-1)?.day];
  const { metricSeries } =
    first && last
      ? await ask(context, washShareQuery, { network: rest.id, from: first, to: toNextDay(last) })
      : { metricSeries: null };
  const shares = (metricSeries?.points ?? []).flatMap(({ from, value }) =>
    value === null ? [] : [[from, toPercent(value)] as const],
  );
  return {
    network: rest,
    trades: rows.map(({ provider, ...trade }) => ({ ...trade, provider: withShortName(provider) })),
    shares: Object.fromEntries(shares),
    page,
    hasNext,
  };
}

function toNextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString();
}

export default function Removed() {
  const { network, trades, shares, page, hasNext } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const subject = `subject=${encodeURIComponent(network.id)}`;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            Network {network.recorded ? <RecordedBadge notice={network.notice} /> : null}{' '}
            <Link to={`/networks/${encodeURIComponent(network.id)}`}>{toClean(network.title, 60)}</Link>
          </p>
          <h1>Trades that count for nothing</h1>
          <p className="lead">
            Who bought from itself, in circles, or without anybody else knowing it: such work speaks for no reputation,
            and of the first two kinds for no price. How much that is:{' '}
            <Link to={`/metrics/economy.washShare?${subject}`}>of what is paid</Link>,{' '}
            <Link to={`/metrics/price.removedShare?${subject}`}>of GPU-hours</Link>.
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      {trades.length > 0 ? (
        <RemovedTradeTable
          caption="By day, latest first. The share is what was paid between those who are one, and in circles"
          trades={trades}
          shares={shares}
        />
      ) : (
        <EmptyState title={page > 1 ? 'No more of them.' : 'None.'}>
          {page > 1 ? <Link to="?">Back to the first page</Link> : 'No trade of this network was left out so far.'}
        </EmptyState>
      )}
      <Pager page={page} rowCount={trades.length} hasNext={hasNext} toHref={(to) => toSearch(params, { page: to })} />
    </>
  );
}
