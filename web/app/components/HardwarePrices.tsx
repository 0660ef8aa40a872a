import type { Figure } from '../charts/toFigure.js';
import { toCount, toUsdAmount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { toReason } from './FigureTile.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface HardwarePriceRow {
  readonly id: string;
  readonly name: string;
  readonly settled: Figure | null;
  /** What is asked now; null: nobody asks. */
  readonly asked: { readonly floor: string; readonly median: string; readonly gpus: number } | null;
  readonly bid: Figure | null;
  readonly volume: Figure | null;
}

export interface HardwarePricesProps {
  readonly rows: readonly HardwarePriceRow[];
  readonly network: string;
  readonly caption: string;
}

/** What each class of hardware is sold for, beside what is asked and bid for it. */
export function HardwarePrices({ rows, network, caption }: HardwarePricesProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Prices by hardware')}
      className="list"
      head={
        <>
          <ColumnHead>{t('Hardware')}</ColumnHead>
          <ColumnHead className="number" title={t('The index of trades between others')}>
            {t('Settled')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Half of the GPUs that are there cost no more')}>
            {t('Asked, median')}
          </ColumnHead>
          <ColumnHead className="number">{t('Asked, floor')}</ColumnHead>
          <ColumnHead className="number">{t('Bid')}</ColumnHead>
          <ColumnHead className="number">{t('GPUs on offer')}</ColumnHead>
          <ColumnHead className="number" title={t('On the last day that is over')}>
            {t('GPU-hours traded')}
          </ColumnHead>
        </>
      }
    >
      {rows.map(({ id, name, settled, asked, bid, volume }) => (
        <TableRow key={id}>
          <RowHead>
            {id === 'unknown' ? (
              name
            ) : (
              <Link to={`/prices?${new URLSearchParams({ network, hardware: id })}`}>{name}</Link>
            )}
          </RowHead>
          <Cell label={t('Settled')} className="number">
            <Last figure={settled} />
          </Cell>
          <Cell label={t('Asked, median')} className="number">
            {asked ? <UsdText value={asked.median} /> : <NoValue reason={t('Nobody asks')} />}
          </Cell>
          <Cell label={t('Asked, floor')} className="number">
            {asked ? <UsdText value={asked.floor} /> : <NoValue reason={t('Nobody asks')} />}
          </Cell>
          <Cell label={t('Bid')} className="number">
            <Last figure={bid} />
          </Cell>
          <Cell label={t('GPUs on offer')} className="number">
            {asked ? toCount(asked.gpus) : <NoValue reason={t('Nobody asks')} />}
          </Cell>
          <Cell label={t('GPU-hours traded')} className="number">
            <Last figure={volume} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function UsdText({ value }: { readonly value: string }) {
  const { text, exact } = toUsdAmount(value);
  return <span title={exact}>{text}</span>;
}

function Last({ figure }: { readonly figure: Figure | null }) {
  const t = useText();
  if (!figure?.last) return <NoValue reason={figure?.reason ? toReason(figure.reason) : t('No evidence yet')} />;
  const { last, metric, subject } = figure;
  return (
    <span className="stacked">
      <Link to={`/metrics/${metric.id}?subject=${encodeURIComponent(subject)}`} title={last.exact}>
        {last.text}
      </Link>
      {last.isNewest ? null : <span className="age details">{t('on {day}', { day: last.from.slice(0, 10) })}</span>}
    </span>
  );
}
