import { toCount, toUsdAmount } from '../format.js';
import { useText } from '../i18n/useText.js';
import type { Earned } from '../toEarnings.js';
import { Amount, type Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface EarningsTableProps {
  readonly caption: string;
  readonly label: string;
  readonly from: string;
  readonly earned: readonly Earned[];
  readonly token: Token;
  readonly withTransactions?: boolean;
}

/** What was paid in each day or week, in tokens and in what they were worth then. */
export function EarningsTable({ caption, label, from, earned, token, withTransactions = false }: EarningsTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={label}
      className="day-table earnings"
      head={
        <>
          <ColumnHead>{from}</ColumnHead>
          <ColumnHead className="number">{t('Paid')}</ColumnHead>
          <ColumnHead className="number">USD</ColumnHead>
          <ColumnHead className="number">{t('Payouts')}</ColumnHead>
          {withTransactions ? <ColumnHead>{t('Transactions')}</ColumnHead> : null}
        </>
      }
    >
      {earned.map((row) => (
        <TableRow key={row.from}>
          <RowHead>
            {row.from}
            {row.inProgress ? <span className="age"> {t('so far')}</span> : null}
          </RowHead>
          <Cell label={t('Paid')} className="number">
            <Amount baseUnits={row.amount} token={token} />
          </Cell>
          <Cell label="USD" className="number">
            {row.usd === null ? (
              <NoValue reason={t('The worth of a part of it is not known')} />
            ) : (
              <span title={toUsdAmount(row.usd).exact}>{toUsdAmount(row.usd).text}</span>
            )}
          </Cell>
          <Cell label={t('Payouts')} className="number">
            {toCount(row.payouts)}
          </Cell>
          {withTransactions ? (
            <Cell label={t('Transactions')}>
              {row.transactions.length === 0 ? (
                <NoValue reason={t('Older than the payouts that were read')} />
              ) : (
                row.transactions.map((hash) => (
                  <span key={hash}>
                    <ShortId id={hash} copies />{' '}
                  </span>
                ))
              )}
            </Cell>
          ) : null}
        </TableRow>
      ))}
    </DataTable>
  );
}
