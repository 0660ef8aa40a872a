import { toCount, toShare, toUptime } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { OnlineBadge } from './OnlineBadge.js';
import type { OwnProvider } from './OperatorProvider.js';
import { ProviderName } from './ProviderName.js';
import { evidenceTitles, toPoints } from './points.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { toCoverage } from './Uptime.js';

export interface OperatorOverviewProps {
  readonly providers: readonly OwnProvider[];
  /** These are all that there are. */
  readonly isWhole: boolean;
}

/** All of an operator's providers in a glance; each leads to what is told of it below. */
export function OperatorOverview({ providers, isWhole }: OperatorOverviewProps) {
  const t = useText();
  const explained = providers.filter(({ past }) => past !== null).length;
  return (
    <section aria-labelledby="overview">
      <h2 id="overview">{t('Providers')}</h2>
      <DataTable
        caption={isWhole ? t('All of them, on all networks') : t('On all networks, those with most jobs first')}
        label={t('All providers of this operator')}
        head={
          <>
            <ColumnHead>{t('Provider')}</ColumnHead>
            <ColumnHead>{t('Network')}</ColumnHead>
            <ColumnHead className="number">{t('Reputation')}</ColumnHead>
            <ColumnHead className="number">{t('Above')}</ColumnHead>
            <ColumnHead className="number">{t('Uptime, 30 days')}</ColumnHead>
            <ColumnHead>{t('Now')}</ColumnHead>
            <ColumnHead className="number">{t('Jobs')}</ColumnHead>
            <ColumnHead>{t('Why')}</ColumnHead>
          </>
        }
      >
        {providers.map((provider) => (
          <Row key={provider.id} provider={provider} />
        ))}
      </DataTable>
      {explained < providers.length ? (
        <p className="muted after-table">
          {t(
            'What moved their scores and what they earned stands below of the first {n}; of each other one it is on its own page.',
            { n: explained },
          )}
        </p>
      ) : null}
    </section>
  );
}

function Row({ provider }: { readonly provider: OwnProvider }) {
  const t = useText();
  const { score, reliability, network, jobCount } = provider;
  return (
    <TableRow>
      <RowHead>
        <ProviderName provider={provider} copies />{' '}
        {provider.isOwned ? null : (
          <span className="badge badge-quiet" title={t('By accounts that it has in common with one of them')}>
            {t('acts as one')}
          </span>
        )}
      </RowHead>
      <Cell label={t('Network')}>
        <NetworkName network={network} />
      </Cell>
      <Cell label={t('Reputation')} className="number">
        {score?.score ? (
          <span className="stacked" title={score.score}>
            <strong>{toPoints(score.score)}</strong>{' '}
            <span className="age">{t(evidenceTitles[score.evidence] ?? '')}</span>
          </span>
        ) : (
          <NoValue reason={t('No score yet')} />
        )}
      </Cell>
      <Cell label={t('Above')} className="number">
        {score?.standing ? (
          toShare(score.standing.percentile / 100)
        ) : (
          <NoValue reason={t('Nobody to compare it with')} />
        )}
      </Cell>
      <Cell label={t('Uptime, 30 days')} className="number">
        {reliability?.uptimeRaw != null ? (
          <span className="stacked">
            <span>{toUptime(reliability.uptimeRaw)}</span>{' '}
            <span className="age">{toCoverage(t, reliability.days, reliability.ofDays)}</span>
          </span>
        ) : (
          <NoValue reason={t('No heartbeats')} />
        )}
      </Cell>
      <Cell label={t('Now')}>
        {reliability ? <OnlineBadge online={reliability.online} /> : <NoValue reason={t('No heartbeats')} />}
      </Cell>
      <Cell label={t('Jobs')} className="number">
        {jobCount === null ? <Missing capabilities={network.capabilities} capability="jobs" /> : toCount(jobCount)}
      </Cell>
      <Cell label={t('Why')}>
        <a href={`#${provider.id}`}>{provider.past ? t('What moved it, what to do') : t('What to do')}</a>
      </Cell>
    </TableRow>
  );
}
