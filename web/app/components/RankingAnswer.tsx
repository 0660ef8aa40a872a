import { readColumns } from '../columnState.js';
import { toClean, toCount, toShort, toUsdAmount } from '../format.js';
import { Rich, useText } from '../i18n/useText.js';
import { toSearch } from '../listState.js';
import { ColumnChooser } from './ColumnChooser.js';
import { CompareBasket } from './CompareBasket.js';
import { EmptyState } from './EmptyState.js';
import { type LeftOutGroup, type LeftOutRow, LeftOutSection, ReasonCounts } from './LeftOutSection.js';
import { Link } from './Link.js';
import type { ListNetwork } from './ProviderTable.js';
import { type RankedRow, RankingTable, rankingColumns } from './RankingTable.js';

export interface RankingAnswerProps {
  readonly ranking: {
    readonly totalCount: number;
    readonly rankedCount: number;
    readonly formula: string;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly isFirst: boolean;
    readonly nodes: readonly RankedRow[];
    readonly reasonCounts: readonly { readonly code: string; readonly providers: number }[];
    readonly leftOut: readonly {
      readonly group: LeftOutGroup;
      readonly count: number;
      readonly rows: readonly LeftOutRow[];
      readonly lastId?: string | undefined;
    }[];
  };
  readonly networks: readonly ListNetwork[];
  readonly models: readonly { readonly id: string; readonly name: string }[];
  readonly params: URLSearchParams;
}

/** Who should run it and what it will cost, then all others with the reasons. */
export function RankingAnswer({ ranking, networks, models, params }: RankingAnswerProps) {
  const t = useText();
  const shown = readColumns(
    params,
    rankingColumns.map(({ id }) => id),
  );
  const names = new Map(models.map(({ id, name }) => [id, name]));
  const { nodes, rankedCount, totalCount, isFirst, pageInfo, formula } = ranking;
  const last = nodes.at(-1)?.rank ?? 0;
  return (
    <>
      <section aria-labelledby="ranking">
        <div className="section-head">
          <h2 id="ranking">
            {t('{ranked} of {total} providers can run it', {
              ...{ ranked: toCount(rankedCount), total: toCount(totalCount) },
            })}
          </h2>
          <ColumnChooser action="/providers" columns={rankingColumns} shown={shown} params={params} />
        </div>
        {rankedCount === 0 ? (
          <EmptyState title={t('Nobody is known who can run this.')}>
            {t('The reasons stand below: ask for less, or for another region.')}
          </EmptyState>
        ) : (
          <>
            {isFirst ? <Best row={nodes[0]} /> : null}
            <RankingTable
              caption={t('By the expected cost of a GPU-hour that succeeds, the cheapest first')}
              {...{ rows: nodes, networks, shown }}
            />
            <CompareBasket />
            {isFirst && !pageInfo.hasNextPage ? null : (
              <nav className="pager" aria-label={t('Pages of the ranking')}>
                {isFirst ? <span /> : <Link to={toSearch(params, { after: null })}>{t('← To the first')}</Link>}
                {last > 0 ? (
                  <span>{t('Ranks {from}–{to}', { from: toCount(nodes[0]?.rank ?? 0), to: toCount(last) })}</span>
                ) : null}
                {pageInfo.hasNextPage ? (
                  <Link to={toSearch(params, { after: pageInfo.endCursor })} rel="next">
                    {t('Next →')}
                  </Link>
                ) : (
                  <span />
                )}
              </nav>
            )}
            <p className="muted method" title={formula}>
              <Rich
                text="Expected cost = price ÷ lower bound of success: failed attempts are paid and tried again ({method}). Hardware and regions are as machines claim."
                method={<Link to="/metrics/price.costPerSuccessfulHour">{t('method')}</Link>}
              />
            </p>
          </>
        )}
      </section>
      <ReasonCounts counts={ranking.reasonCounts} />
      {ranking.leftOut.map(({ lastId, ...one }) => (
        <LeftOutSection
          key={one.group}
          {...one}
          models={names}
          moreHref={lastId ? toSearch(params, { group: one.group, groupAfter: lastId }) : undefined}
        />
      ))}
      {params.get('group') ? (
        <p>
          <Link to={toSearch(params, { group: null, groupAfter: null })}>{t('All groups from their beginning')}</Link>
        </p>
      ) : null}
    </>
  );
}

/** The answer in a sentence, for who has a minute. */
function Best({ row }: { readonly row: RankedRow | undefined }) {
  if (!row || row.expectedCostPerSuccessfulHour === null || row.totalCost === null) return null;
  const { provider, success } = row;
  const name = toClean(provider.name ?? '', 40) || toShort(provider.nativeId);
  return (
    <p className="answer">
      <Rich
        text="Cheapest that is likely to deliver: {provider}, about {cost} USD per GPU-hour that succeeds, {total} USD in all, from {succeeded} of {attempts} attempts."
        provider={<Link to={`/providers/${encodeURIComponent(provider.id)}`}>{name}</Link>}
        cost={<strong>{toUsdAmount(row.expectedCostPerSuccessfulHour).text}</strong>}
        total={<strong>{toUsdAmount(row.totalCost).text}</strong>}
        succeeded={toCount(success.succeeded)}
        attempts={toCount(success.attempts)}
      />
    </p>
  );
}
