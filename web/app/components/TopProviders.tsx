import { toCount, toOutcome } from '../format.js';
import { useText } from '../i18n/useText.js';
import { Amount, type Token } from './Amount.js';
import type { Altered } from './CleanedMark.js';
import { DataTable } from './DataTable.js';
import { type Capability, Missing, NoValue } from './Missing.js';
import { ProviderName } from './ProviderName.js';
import { evidenceTitles, toPoints } from './points.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface TopProvider {
  readonly id: string;
  readonly nativeId: string;
  readonly name: string | null;
  readonly altered: readonly Altered[];
  readonly jobCount: string | null;
  readonly tasksCompleted: string | null;
  readonly tasksFailed: string | null;
  readonly stake: string | null;
  readonly paid: string | null;
  readonly score: { readonly score: string | null; readonly evidence: string } | null;
}

export interface TopProvidersProps {
  readonly providers: readonly TopProvider[];
  readonly capabilities: readonly Capability[];
  readonly workToken: Token | null;
  readonly stakeToken: Token | null;
  readonly caption: string;
}

/** Those who were paid most, with what they are worth relying on. */
export function TopProviders({ providers, capabilities, workToken, stakeToken, caption }: TopProvidersProps) {
  const t = useText();
  const missing = (capability: string) => <Missing capabilities={capabilities} capability={capability} />;
  return (
    <DataTable
      caption={caption}
      label={caption}
      className="list"
      head={
        <>
          <ColumnHead>{t('Provider')}</ColumnHead>
          <ColumnHead className="number" title={t('Points of a hundred')}>
            {t('Score')}
          </ColumnHead>
          <ColumnHead className="number">{t('Tasks completed')}</ColumnHead>
          <ColumnHead className="number">{t('Jobs')}</ColumnHead>
          <ColumnHead className="number">{t('Locked now')}</ColumnHead>
          <ColumnHead className="number">{t('Paid')}</ColumnHead>
        </>
      }
    >
      {providers.map((provider) => {
        const { score, tasksCompleted, tasksFailed, jobCount, stake, paid } = provider;
        return (
          <TableRow key={provider.id}>
            <RowHead>
              <ProviderName provider={provider} />
            </RowHead>
            <Cell label={t('Score')} className="number">
              {score?.score ? (
                <span title={evidenceTitles[score.evidence]}>{toPoints(score.score)}</span>
              ) : (
                <NoValue reason={t('No score yet')} />
              )}
            </Cell>
            <Cell label={t('Tasks completed')} className="number">
              {toOutcome(tasksCompleted, tasksFailed) ?? missing('jobs')}
            </Cell>
            <Cell label={t('Jobs')} className="number">
              {jobCount === null ? missing('jobs') : toCount(jobCount)}
            </Cell>
            <Cell label={t('Locked now')} className="number">
              {stake !== null && stakeToken ? <Amount baseUnits={stake} token={stakeToken} /> : missing('stake')}
            </Cell>
            <Cell label={t('Paid')} className="number">
              {paid !== null && workToken ? <Amount baseUnits={paid} token={workToken} /> : missing('payout')}
            </Cell>
          </TableRow>
        );
      })}
    </DataTable>
  );
}
