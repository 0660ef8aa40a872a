import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { Link } from '../components/Link.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { OtherFormulaTable } from '../components/OtherFormulaTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { ask } from '../data/ask.js';
import { othersQuery } from '../data/scoreQueries.js';
import { toClean, toShort, toUtcMinute } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = textOf(matches);
  return [
    { title: `${data ? t('{name} by formulas of others', { name: data.title }) : t('Not found')} · Computescan` },
    { name: 'description', content: t('What formulas of others would say of a provider, made from the same history.') },
  ];
};

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const { provider, metricSeries } = await ask(context, othersQuery, { id });
  if (!provider) throw new Response(null, { status: 404 });
  const { name, nativeId, otherFormulas: formulas, ...rest } = provider;
  return { ...rest, formulas, asOf: metricSeries, title: toClean(name ?? '', 60) || toShort(nativeId) };
}

export default function Others() {
  const t = useText();
  const { id, title, network, score, formulas, asOf } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            {t('Provider')} {network.recorded ? <RecordedBadge notice={network.notice} /> : null}{' '}
            <Link to={`/providers/${encodeURIComponent(id)}`}>{title}</Link>
          </p>
          <h1>{t('The same history by formulas of others')}</h1>
          <p className="lead">
            {t(
              'What others publish of a provider, made from what is recorded of this one. None of them says how sure it is.',
            )}
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      {formulas.length > 0 ? (
        <>
          <OtherFormulaTable formulas={formulas} score={score} />
          {asOf?.asOfTime ? (
            <p className="muted after-table">
              {score
                ? t('Theirs as of block {block}, {time} UTC; ours as of {own} UTC.', {
                    ...{ block: asOf.asOfBlock ?? '—', time: toUtcMinute(asOf.asOfTime), own: toUtcMinute(score.at) },
                  })
                : t('Theirs as of block {block}, {time} UTC.', {
                    ...{ block: asOf.asOfBlock ?? '—', time: toUtcMinute(asOf.asOfTime) },
                  })}
            </p>
          ) : null}
        </>
      ) : (
        <EmptyState title={t('Not yet.')}>{t('Figures of this network are not rolled up so far.')}</EmptyState>
      )}
    </>
  );
}
