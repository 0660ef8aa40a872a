import { toClean, toCount, toLabel } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { toShown } from './MetricTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface UnservedRow {
  readonly from: string;
  readonly inProgress: boolean;
  readonly hardware: string | null;
  readonly resource: string | null;
  readonly unit: string;
  readonly bids: string;
  readonly quantity: string;
  readonly lowestBid: string;
  readonly medianBid: string;
  readonly highestBid: string;
  readonly asked: string | null;
  readonly askedMetric: string | null;
  readonly token: { readonly symbol: string };
}

export interface UnservedTableProps {
  readonly rows: readonly UnservedRow[];
  readonly network: string;
  readonly caption: string;
}

/** What buyers asked for in vain, by week and kind of work, beside what was asked for the same. */
export function UnservedTable({ rows, network, caption }: UnservedTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Bids that nobody met')}
      head={
        <>
          <ColumnHead>{t('Week from (UTC)')}</ColumnHead>
          <ColumnHead>{t('What was bid for')}</ColumnHead>
          <ColumnHead className="number">{t('Bids')}</ColumnHead>
          <ColumnHead className="number">{t('Tasks')}</ColumnHead>
          <ColumnHead className="number" title={t('Lowest, middle and highest')}>
            {t('Bid each')}
          </ColumnHead>
          <ColumnHead className="number" title={t('The lowest ask for the same at the end of that time')}>
            {t('Asked')}
          </ColumnHead>
        </>
      }
    >
      {rows.map((row) => (
        <TableRow key={`${row.from} ${row.hardware} ${row.resource} ${row.unit} ${row.token.symbol}`}>
          <RowHead>
            {row.inProgress ? t('{time} so far', { time: row.from.slice(0, 10) }) : row.from.slice(0, 10)}
          </RowHead>
          <Cell label={t('What was bid for')}>{toWork(row)}</Cell>
          <Cell label={t('Bids')} className="number">
            {toCount(row.bids)}
          </Cell>
          <Cell label={t('Tasks')} className="number">
            {toCount(row.quantity)}
          </Cell>
          <Cell label={t('Bid each')} className="number">
            {[row.lowestBid, row.medianBid, row.highestBid].map(toShown).join(' · ')} {toClean(row.token.symbol, 12)}
          </Cell>
          <Cell label={t('Asked')} className="number">
            {row.asked === null ? (
              <NoValue reason={t('Nobody asked')} />
            ) : row.askedMetric ? (
              <Link to={`/metrics/${row.askedMetric}?subject=${encodeURIComponent(network)}`}>
                {toShown(row.asked)}
              </Link>
            ) : (
              toShown(row.asked)
            )}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

/** In the protocol's own words. */
function toWork({ hardware, resource, unit }: UnservedRow): string {
  return [resource === null ? null : toClean(resource, 40), hardware, toLabel(unit)]
    .flatMap((one) => one ?? [])
    .join(', ');
}
