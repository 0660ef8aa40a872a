import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { Amount, type Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface StakeRow {
  readonly id: string;
  /** Null where no log names it. */
  readonly account: string | null;
  readonly kind: string;
  readonly amount: string;
  readonly delta: string;
  readonly token: Token;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
}

export interface StakeTableProps {
  readonly caption: string;
  readonly changes: readonly StakeRow[];
  readonly recorded: boolean;
}

const kinds: Readonly<Record<string, string>> = {
  locked: key('Locked'),
  unlocked: key('Unlocked'),
  unlocking: key('Unlocking'),
  withdrawn: key('Withdrawn'),
  rewarded: key('Rewarded'),
  credited: key('Credited'),
  slashed: key('Slashed'),
  moved: key('Moved'),
};

export function StakeTable({ caption, changes, recorded }: StakeTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Stake changes')}
      head={
        <>
          <ColumnHead>{t('Account')}</ColumnHead>
          <ColumnHead>{t('What')}</ColumnHead>
          <ColumnHead className="number">{t('Amount')}</ColumnHead>
          <ColumnHead className="number" title={t("What it did to the provider's stake")}>
            {t('Change of stake')}
          </ColumnHead>
          <ColumnHead>{t('Transaction')}</ColumnHead>
          <ColumnHead className="number">{t('When (UTC)')}</ColumnHead>
        </>
      }
    >
      {changes.map((change) => (
        <TableRow key={change.id}>
          <RowHead>
            {change.account === null ? <NoValue reason={t('Not named')} /> : <ShortId id={change.account} copies />}
          </RowHead>
          <Cell label={t('What')}>
            <span className={change.kind === 'slashed' ? 'bad' : undefined}>
              {t(kinds[change.kind] ?? '') || toClean(change.kind, 24)}
            </span>
          </Cell>
          <Cell label={t('Amount')} className="number">
            <Amount baseUnits={change.amount} token={change.token} />
          </Cell>
          <Cell label={t('Change of stake')} className="number">
            <Amount baseUnits={change.delta} token={change.token} signed />
          </Cell>
          <Cell label={t('Transaction')}>
            <ShortId id={change.transaction} copies />
          </Cell>
          <Cell label={t('When (UTC)')} className="number">
            <When at={change.at} recordedHeight={recorded ? change.height : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
