import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { toReason } from '../components/FigureTile.js';
import { Link } from '../components/Link.js';
import { MetricDefinition } from '../components/MetricDefinition.js';
import { ComparedTable, MetricTable } from '../components/MetricTable.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { SeriesFigure } from '../components/SeriesFigure.js';
import { SeriesForm, toSeriesSearch } from '../components/SeriesForm.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { findPresent } from '../data/findPresent.js';
import { findSeries } from '../data/findSeries.js';
import { toClean, toCount, toUtcMinute } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';

export const handle = { live: true, distinct: ['subject'] };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  { title: `${data ? data.metric.title : textOf(matches)('Not found')} · Computescan` },
  ...(data ? [{ name: 'description', content: data.metric.definition }] : []),
];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  return findSeries(context, { id: params.id ?? '', search, now: await findPresent(context) });
}

export default function Metric() {
  const t = useText();
  const { metric, networks, network, state, isOfNetworks, series, band, question } = useLoaderData<typeof loader>();
  const { interval } = state;
  const known = series.filter(({ points }) => points.length > 0);
  const names = known.map(({ name }) => toClean(name, 80)).join(', ');
  const sentence = t('{title} of {names}', { title: metric.title, names });
  const [first] = known;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            <Link to="/metrics">{t('Metrics')}</Link> <code>{metric.id}</code>
          </p>
          <h1>{metric.title}</h1>
        </div>
      </div>
      <div className="metric-definition">
        <MetricDefinition metric={metric} />
      </div>
      <section aria-labelledby="figures">
        <h2 id="figures">{t('Figures')}</h2>
        <div className="figures-head">
          <SeriesForm
            metric={metric.id}
            networks={networks}
            state={state}
            isOfNetworks={isOfNetworks}
            named={series[0]}
          />
          {network ? <NetworkNotice network={network} /> : null}
        </div>
        {first ? (
          <>
            <SeriesFigure
              lines={known.map(({ name, points }) => ({ label: toClean(name, 60), points }))}
              unit={first.unit}
              interval={interval}
              shape={metric.value === 'sum' ? 'bars' : 'line'}
              band={band}
              label={sentence}
            />
            {known.length === 1 ? (
              <MetricTable
                points={first.points}
                unit={first.unit}
                caption={t('{sentence}, newest first', { sentence })}
                isRatio={metric.value === 'ratio'}
                interval={interval}
              />
            ) : (
              <ComparedTable
                series={known.map((one) => ({ ...one, name: toClean(one.name, 60) }))}
                caption={t('{sentence}, newest first', { sentence })}
                interval={interval}
              />
            )}
            <div className="after-figure">
              <a href={`/metrics/${metric.id}/series.csv${toSeriesSearch(state)}`} download>
                {t('Download as CSV')}
              </a>
              <span className="age">{t('with the definition, to the last digit')}</span>
              {first.asOfTime ? (
                <span className="muted">
                  {t('As of block {block}, {time} UTC.', {
                    block: toCount(first.asOfBlock ?? '0'),
                    time: toUtcMinute(first.asOfTime),
                  })}
                </span>
              ) : null}
            </div>
          </>
        ) : (
          <EmptyState title={t('No figures.')}>
            {series[0]?.reason
              ? toReason(series[0].reason)
              : t('There is no evidence for this subject and time, or the network does not record what it takes.')}
          </EmptyState>
        )}
        {question ? <ShowGraphql question={question} /> : null}
      </section>
    </>
  );
}
