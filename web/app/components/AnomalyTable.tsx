import { toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { type AnomalyFacts, toAnomalySentence } from '../toAnomalySentence.js';
import { DataTable } from './DataTable.js';
import { ExplorerLink } from './ExplorerLink.js';
import { NetworkName, type NetworkNameProps } from './NetworkName.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface AnomalyRow extends AnomalyFacts {
  readonly id: string;
  readonly height: string;
  readonly at: string;
  readonly transaction: string;
  readonly network: NetworkNameProps['network'] & { readonly chain: { readonly explorer: string | null } };
}

/** The newest of what does not fit together. */
export function AnomalyTable({
  count,
  anomalies,
}: {
  readonly count: number;
  readonly anomalies: readonly AnomalyRow[];
}) {
  const t = useText();
  return (
    <DataTable
      caption={
        count > anomalies.length
          ? t('The newest {shown} of {n}', { shown: toCount(anomalies.length), n: toCount(count) })
          : t('All of them')
      }
      label={t('Anomalies')}
      head={
        <>
          <ColumnHead>{t('Block')}</ColumnHead>
          <ColumnHead>{t('Network')}</ColumnHead>
          <ColumnHead>{t('What does not fit')}</ColumnHead>
          <ColumnHead>{t('Transaction')}</ColumnHead>
          <ColumnHead className="number">{t('When (UTC)')}</ColumnHead>
        </>
      }
    >
      {anomalies.map((anomaly) => (
        <TableRow key={anomaly.id}>
          <RowHead>{t('Block {number}', { number: toCount(anomaly.height) })}</RowHead>
          <Cell label={t('Network')}>
            <NetworkName network={anomaly.network} />
          </Cell>
          <Cell label={t('What does not fit')} className="sentence">
            {toAnomalySentence(anomaly, t)}
          </Cell>
          <Cell label={t('Transaction')}>
            <ExplorerLink explorer={anomaly.network.chain.explorer} kind="tx" id={anomaly.transaction} />
          </Cell>
          <Cell label={t('When (UTC)')} className="number">
            <When at={anomaly.at} recordedHeight={anomaly.network.recorded ? anomaly.height : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
