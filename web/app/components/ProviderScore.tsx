import { toShare, toUtcMinute } from '../format.js';
import { Rich, useText } from '../i18n/useText.js';
import { ChartFile } from './ChartFile.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { ProviderOperator, type ProviderOperatorProps } from './ProviderOperator.js';
import { evidenceTitles, partTitles, toPercent, toPoints } from './points.js';
import { type RemovedTrade, RemovedTradeTable } from './RemovedTradeTable.js';
import { ScoreChanges, type ScoreExplanation } from './ScoreChanges.js';
import { ScoreHistory, type ScoreHistoryProps } from './ScoreHistory.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface ProviderScoreProps {
  readonly score: {
    readonly at: string;
    readonly score: string | null;
    readonly evidence: string;
    readonly evidenceWeight: string;
    readonly buyersEffective: string | null;
    /** Of the weight of its successes; null without any. */
    readonly removedShare: string | null;
    readonly standing: { readonly percentile: number; readonly peers: number } | null;
    readonly parts: readonly {
      readonly name: string;
      readonly value: string | null;
      readonly pointsLost: string | null;
    }[];
  } | null;
  /** Newest first. */
  readonly history: ScoreHistoryProps['scores'];
  /** Why it is another one than a week ago; null where nobody tells, or there was none. */
  readonly explanation: ScoreExplanation | null;
  /** Whose it is. */
  readonly subject: string;
  readonly providerId: string;
  /** Null: it stands alone, or nobody has looked yet. */
  readonly operator: ProviderOperatorProps['operator'] | null;
  /** The newest day first; one more than are shown where there are more. */
  readonly removed: readonly RemovedTrade[];
}

/** As the query asks for, less one. */
const SHOWN = 10;

/** A reputation with what it lost where, or in a line why there is none. */
export function ProviderScore(props: ProviderScoreProps) {
  const t = useText();
  const { score, history, explanation, subject, providerId, operator, removed } = props;
  return (
    <section aria-labelledby="score">
      <h2 id="score">{t('Reputation')}</h2>
      {score ? (
        <Breakdown score={score} />
      ) : (
        <p className="muted">{t('Not computed yet: it is made as each hour ends.')}</p>
      )}
      <ScoreHistory scores={history} subject={subject} />
      {history.length > 1 ? (
        <ChartFile path={`/providers/${encodeURIComponent(providerId)}/score.csv`} of="scoreHistory" />
      ) : null}
      {explanation ? <ScoreChanges explanation={explanation} /> : null}
      {operator ? <ProviderOperator operator={operator} providerId={providerId} /> : null}
      {removed.length > 0 ? (
        <>
          <h3 id="removed">{t('Trades that count for nothing')}</h3>
          <RemovedTradeTable
            caption={
              removed.length > SHOWN ? t('The latest {count}, by day', { count: SHOWN }) : t('By day, latest first')
            }
            trades={removed.slice(0, SHOWN)}
          />
          <p className="muted after-table">
            <Link to={`/metrics/score.removedShare?subject=${encodeURIComponent(providerId)}`}>
              {t('What share they are')}
            </Link>
            {score?.removedShare
              ? t(': {share} of the weight of its successes, now.', { share: toPercent(score.removedShare) })
              : '.'}
          </p>
        </>
      ) : null}
      {score ? (
        <p className="after-table">
          <Link to={`/providers/${encodeURIComponent(providerId)}/others`}>
            {t('The same history by formulas of others')}
          </Link>
        </p>
      ) : null}
    </section>
  );
}

function Standing({ standing: { percentile, peers } }: { readonly standing: { percentile: number; peers: number } }) {
  const t = useText();
  return (
    <p className="lead-in">
      {t('Stands above {share}', { share: toShare(percentile / 100) })}{' '}
      <span
        className="age"
        title={t('Of the same hour; who stands on no evidence is left out, and who has the same counts half')}
      >
        {t.count(
          peers,
          'of the one other provider of the network with any evidence',
          'of the {n} other providers of the network with any evidence',
        )}
      </span>
    </p>
  );
}

function Breakdown({ score }: { readonly score: NonNullable<ProviderScoreProps['score']> }) {
  const t = useText();
  return (
    <>
      <p>
        <strong className="score" title={score.score ?? undefined}>
          {score.score === null ? (
            <NoValue reason={t('The network records nothing that it could be made of')} />
          ) : (
            toPoints(score.score)
          )}
        </strong>{' '}
        {t('of 100 points')} · {t(evidenceTitles[score.evidence] ?? '') || score.evidence}
        <span className="age"> {t('as of {time}', { time: toUtcMinute(score.at) })}</span>
      </p>
      {score.standing ? <Standing standing={score.standing} /> : null}
      <DataTable
        caption={t(
          'Each part is a lower bound of what the evidence allows; what the parts cost and the score add up to 100',
        )}
        label={t('Parts of the reputation')}
        head={
          <>
            <ColumnHead>{t('Part')}</ColumnHead>
            <ColumnHead className="number">{t('At least')}</ColumnHead>
            <ColumnHead className="number">{t('Costs')}</ColumnHead>
          </>
        }
      >
        {score.parts.map((part) => (
          <TableRow key={part.name}>
            <RowHead>{t(partTitles[part.name] ?? '') || part.name}</RowHead>
            <Cell label={t('At least')} className="number">
              {part.value === null ? <NoValue reason={t('Not recorded by this network')} /> : toPercent(part.value)}
            </Cell>
            <Cell label={t('Costs')} className="number">
              {part.pointsLost === null ? null : t('{points} points', { points: toPoints(part.pointsLost) })}
            </Cell>
          </TableRow>
        ))}
      </DataTable>
      <p className="muted">
        {score.buyersEffective === null
          ? t('Jobs that count weigh {weight}, older ones less.', { weight: toPoints(score.evidenceWeight) })
          : t(
              'Jobs that count weigh {weight}, older ones less; they are as diverse as those of {buyers} equal buyers.',
              {
                weight: toPoints(score.evidenceWeight),
                buyers: toPoints(score.buyersEffective),
              },
            )}{' '}
        <Rich text="Anyone can {compute}." compute={<a href="#recompute">{t('compute it again')}</a>} />
      </p>
    </>
  );
}
