import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { Amount, type Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { ExplorerLink } from './ExplorerLink.js';
import { JobName } from './JobName.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { Usd, type UsdValue } from './Usd.js';
import { When } from './When.js';

export interface PayoutRow {
  readonly id: string;
  readonly recipient: string | null;
  readonly role: string;
  readonly amount: string;
  readonly token: Token;
  readonly usd: UsdValue;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
  readonly job?: { readonly id: string; readonly nativeId: string } | null;
}

export interface PayoutTableProps {
  readonly caption: string;
  readonly payouts: readonly PayoutRow[];
  readonly recorded: boolean;
  /** Of the chain; absent where payouts are of several. */
  readonly explorer?: string | null;
  /** Names the job of each payout, where the page is not about one job. */
  readonly withJob?: boolean;
}

/** What a payout was for; a role not in the table is shown as it is. */
const roles: Readonly<Record<string, string>> = {
  provider: key('Provider'),
  worker: key('Worker'),
  application: key('Application'),
  dataset: key('Dataset'),
  bonus: key('Share of penalties'),
  penalty: key('Penalty (to the protocol)'),
  fee: key('Fee (kept by the market)'),
  withdrawal: key('Withdrawal'),
};

export function PayoutTable({ caption, payouts, recorded, explorer = null, withJob = false }: PayoutTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={
        payouts.some(({ usd }) => usd.source === 'STATIC') ? t('{caption}; USD at a set rate', { caption }) : caption
      }
      label={t('Payouts')}
      head={
        <>
          <ColumnHead>{t('Recipient')}</ColumnHead>
          <ColumnHead>{t('Role')}</ColumnHead>
          <ColumnHead className="number" title={t('In tokens, and what they were worth then')}>
            {t('Amount')}
          </ColumnHead>
          {withJob ? <ColumnHead>{t('Job')}</ColumnHead> : null}
          <ColumnHead>{t('Transaction')}</ColumnHead>
          <ColumnHead className="number">{t('When (UTC)')}</ColumnHead>
        </>
      }
    >
      {payouts.map((payout) => (
        <TableRow key={payout.id}>
          <RowHead>
            {payout.recipient ? (
              <ShortId id={payout.recipient} copies />
            ) : (
              <NoValue reason={t('The log names nobody')} />
            )}
          </RowHead>
          <Cell label={t('Role')}>{t(roles[payout.role] ?? '') || toClean(payout.role, 32)}</Cell>
          <Cell label={t('Amount')} className="number">
            <span className="stacked">
              <Amount baseUnits={payout.amount} token={payout.token} />
              <Usd usd={payout.usd} marksRate={false} />
            </span>
          </Cell>
          {withJob ? (
            <Cell label={t('Job')}>
              {payout.job ? <JobName job={payout.job} /> : <NoValue reason={t('Of no single job')} />}
            </Cell>
          ) : null}
          <Cell label={t('Transaction')}>
            <ExplorerLink explorer={explorer} kind="tx" id={payout.transaction} />
          </Cell>
          <Cell label={t('When (UTC)')} className="number">
            <When at={payout.at} recordedHeight={recorded ? payout.height : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
