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
import { Rich, textOf, useText } from '../i18n/useText.js';
import { parseId, readPage, splitWindow, toSearch, toWindow } from '../listState.js';

export const handle = { live: true, distinct: ['page'] };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = textOf(matches);
  const title = data
    ? t('Trades that count for nothing, {network}', { network: toClean(data.network.title, 60) })
    : t('Not found');
  return [
    { title: `${title} · Computescan` },
    { name: 'description', content: t('Trades that count for nothing in a reputation, with the reason of each.') },
  ];
};

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
  const t = useText();
  const { network, trades, shares, page, hasNext } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const subject = `subject=${encodeURIComponent(network.id)}`;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            {t('Network')} {network.recorded ? <RecordedBadge notice={network.notice} /> : null}{' '}
            <Link to={`/networks/${encodeURIComponent(network.id)}`}>{toClean(network.title, 60)}</Link>
          </p>
          <h1>{t('Trades that count for nothing')}</h1>
          <p className="lead">
            <Rich
              text="Who bought from itself, in circles, or without anybody else knowing it: such work speaks for no reputation, and of the first two kinds for no price. How much that is: {paid}, {hours}."
              paid={<Link to={`/metrics/economy.washShare?${subject}`}>{t('of what is paid')}</Link>}
              hours={<Link to={`/metrics/price.removedShare?${subject}`}>{t('of GPU-hours')}</Link>}
            />
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      {trades.length > 0 ? (
        <RemovedTradeTable
          caption={t('By day, latest first. The share is what was paid between those who are one, and in circles')}
          trades={trades}
          shares={shares}
        />
      ) : (
        <EmptyState title={page > 1 ? t('No more of them.') : t('None.')}>
          {page > 1 ? (
            <Link to="?">{t('Back to the first page')}</Link>
          ) : (
            t('No trade of this network was left out so far.')
          )}
        </EmptyState>
      )}
      <Pager page={page} rowCount={trades.length} hasNext={hasNext} toHref={(to) => toSearch(params, { page: to })} />
    </>
  );
}
