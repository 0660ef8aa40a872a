import { toCount, toShare } from '../format.js';
import { Rich, useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface BuyerTableProps {
  readonly buyers: {
    readonly jobs: number;
    readonly buyers: number;
    readonly effective: string;
    readonly top: readonly { readonly buyer: string; readonly jobs: number }[];
  };
}

/** From how few buyers the jobs come: whoever loses one of few loses much. */
export function BuyerTable({ buyers }: BuyerTableProps) {
  const t = useText();
  const { jobs, buyers: count, effective, top } = buyers;
  return (
    <>
      <p className="lead-in">
        <Rich
          text="{jobs} come from {buyers}; they are as diverse as {effective} of equal size."
          jobs={t.count(jobs, 'The newest job', 'The newest {n} jobs')}
          buyers={t.count(count, '{n} buyer', '{n} buyers')}
          effective={<strong>{effective}</strong>}
        />
      </p>
      <DataTable
        caption={count > top.length ? t('The ten that have most of them') : t('All of them, by their jobs')}
        label={t('Buyers')}
        head={
          <>
            <ColumnHead>{t('Buyer')}</ColumnHead>
            <ColumnHead className="number">{t('Jobs')}</ColumnHead>
            <ColumnHead className="number">{t('Share')}</ColumnHead>
          </>
        }
      >
        {top.map((row) => (
          <TableRow key={row.buyer}>
            <RowHead>
              <ShortId id={row.buyer} copies />
            </RowHead>
            <Cell label={t('Jobs')} className="number">
              {toCount(row.jobs)}
            </Cell>
            <Cell label={t('Share')} className="number">
              {toShare(row.jobs / jobs)}
            </Cell>
          </TableRow>
        ))}
      </DataTable>
    </>
  );
}
