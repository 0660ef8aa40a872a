import { type PricePlot, type PricePoint, toPricePlot } from '../charts/toPricePlot.js';
import { toClean, toCount, toUsdAmount } from '../format.js';
import { useText } from '../i18n/useText.js';
import type { PriceHistory as History } from '../toPriceHistory.js';
import { DataTable } from './DataTable.js';
import { priceBases } from './priceBases.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface PriceHistoryProps {
  readonly history: History;
  readonly subject: string;
}

const [WIDTH, HEIGHT] = [900, 140] as const;

/** What was asked, offered and settled by day: a line for each basis, and the same numbers as a table. */
export function PriceHistory({ history, subject }: PriceHistoryProps) {
  const t = useText();
  const plot = toPricePlot(history.days);
  const unit = toClean(history.unit, 60);
  const label = t('Prices of {subject} by day, in {unit}: the median of each day', { subject, unit });
  return (
    <figure className="day-strip price-history">
      <figcaption>
        <span>{t('Price by day, in {unit}', { unit })}</span>
        {plot?.lines.map(({ basis }) => (
          <span key={basis} className="legend">
            <svg className={`legend-line price-line-${toClass(basis)}`} viewBox="0 0 24 10" aria-hidden="true">
              <line x1={1} x2={23} y1={5} y2={5} />
            </svg>{' '}
            {t(priceBases[basis] ?? '') || toClean(basis, 32)}
          </span>
        ))}
      </figcaption>
      {plot ? (
        <>
          <div className="score-plot">
            <p className="score-scale" aria-hidden="true">
              <span>{plot.top}</span>
              <span>0</span>
            </p>
            <Plot plot={plot} label={label} />
          </div>
          <p className="day-strip-ends" aria-hidden="true">
            <span>{plot.from}</span>
            <span>{plot.to}</span>
          </p>
        </>
      ) : null}
      <details className="events">
        <summary>{t.count(history.days.length, '{n} row as a table', '{n} rows as a table')}</summary>
        <DaysTable history={history} label={label} />
      </details>
    </figure>
  );
}

function Plot({ plot, label }: { readonly plot: PricePlot; readonly label: string }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {[0, HEIGHT].map((y) => (
        <line key={y} className="score-edge" x1={0} x2={WIDTH} y1={y} y2={y} />
      ))}
      {plot.lines.map(({ basis, points }) => (
        <g key={basis} className={`price-line-${toClass(basis)}`}>
          {points
            .filter(({ low, high }) => low < high)
            .map((point) => (
              <line
                key={point.x}
                className="price-range"
                x1={toX(point)}
                x2={toX(point)}
                y1={toY(point.low)}
                y2={toY(point.high)}
              />
            ))}
          <polyline points={toPath(points)} />
        </g>
      ))}
    </svg>
  );
}

function toX({ x }: PricePoint): string {
  return (x * WIDTH).toFixed(1);
}

function toY(value: number): string {
  return ((1 - value) * HEIGHT).toFixed(1);
}

/** A single one is drawn as a stroke of no length with round ends. */
function toPath(points: readonly PricePoint[]): string {
  const drawn = points.length > 1 ? points : [...points, ...points];
  return drawn.map((point) => `${toX(point)},${toY(point.y)}`).join(' ');
}

/** What others wrote is no name of a class. */
function toClass(basis: string): string {
  return basis in priceBases ? basis : 'other';
}

function DaysTable({ history, label }: { readonly history: History; readonly label: string }) {
  const t = useText();
  return (
    <DataTable
      caption={label}
      label={t('Prices by day in {unit}, as a table', { unit: toClean(history.unit, 60) })}
      className="day-table"
      head={
        <>
          <ColumnHead>{t('Day (UTC)')}</ColumnHead>
          <ColumnHead>{t('Basis')}</ColumnHead>
          <ColumnHead className="number">{t('Median')}</ColumnHead>
          <ColumnHead className="number">{t('Lowest')}</ColumnHead>
          <ColumnHead className="number">{t('Highest')}</ColumnHead>
          <ColumnHead className="number">{t('Prices')}</ColumnHead>
        </>
      }
    >
      {history.days.toReversed().map((day) => (
        <TableRow key={`${day.date} ${day.basis}`}>
          <RowHead>{day.date}</RowHead>
          <Cell label={t('Basis')}>{t(priceBases[day.basis] ?? '') || toClean(day.basis, 32)}</Cell>
          <Cell label={t('Median')} className="number">
            <Value value={day.median} />
          </Cell>
          <Cell label={t('Lowest')} className="number">
            <Value value={day.low} />
          </Cell>
          <Cell label={t('Highest')} className="number">
            <Value value={day.high} />
          </Cell>
          <Cell label={t('Prices')} className="number">
            {toCount(day.count)}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function Value({ value }: { readonly value: string }) {
  const { text, exact } = toUsdAmount(value);
  return <span title={exact}>{text}</span>;
}
