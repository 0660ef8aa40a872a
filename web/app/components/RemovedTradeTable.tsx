import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface RemovedTrade {
  readonly day: string;
  readonly buyer: string;
  readonly reason: string;
}

export interface RemovedTradeTableProps {
  readonly caption: string;
  /** The newest day first; with who sold, where the page is not of one provider. */
  readonly trades: readonly (RemovedTrade & { readonly provider?: ProviderNameProps['provider'] })[];
  /** By day, what stands beside the first of it. */
  readonly shares?: Readonly<Record<string, string>>;
}

/** Who traded with whom without that speaking for anybody, and why. */
export function RemovedTradeTable({ caption, trades, shares }: RemovedTradeTableProps) {
  const t = useText();
  const withProvider = trades.some(({ provider }) => provider);
  return (
    <DataTable
      caption={caption}
      label={t('Trades that count for nothing')}
      className="removed"
      head={
        <>
          <ColumnHead>{t('Day (UTC)')}</ColumnHead>
          {withProvider ? <ColumnHead>{t('Provider')}</ColumnHead> : null}
          <ColumnHead>{t('Buyer')}</ColumnHead>
          <ColumnHead>{t('Why')}</ColumnHead>
          {shares ? <ColumnHead className="number">{t('Of the day’s pay')}</ColumnHead> : null}
        </>
      }
    >
      {trades.map(({ day, buyer, reason, provider }, index) => (
        <TableRow key={`${day} ${buyer} ${provider?.id}`}>
          <RowHead>{day.slice(0, 10)}</RowHead>
          {provider ? (
            <Cell label={t('Provider')}>
              <ProviderName provider={provider} />
            </Cell>
          ) : null}
          <Cell label={t('Buyer')}>
            <ShortId id={buyer} copies />
          </Cell>
          <Cell label={t('Why')}>{t(reasons[reason] ?? '') || toClean(reason, 40)}</Cell>
          {shares ? (
            <Cell label={t('Of the day’s pay')} className="number">
              {trades[index - 1]?.day === day ? null : (shares[day] ?? <NoValue reason={t('Nothing was paid')} />)}
            </Cell>
          ) : null}
        </TableRow>
      ))}
    </DataTable>
  );
}

const reasons: Readonly<Record<string, string>> = {
  sameCluster: key('Buyer and provider are one'),
  circulation: key('The money goes round'),
  noHistory: key('Nobody else has served this buyer'),
};
