import type { Interval } from '../charts/toFigure.js';
import { toBucketLabel } from '../charts/toSeries.js';
import { toCount, toShare } from '../format.js';
import { type FigureUnit, formatFigure } from '../formatFigure.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { toReason } from './FigureTile.js';
import { NoValue } from './Missing.js';
import { intervalTitles } from './SeriesFigure.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface MetricPoint {
  readonly from: string;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly coverage: string | null;
  readonly samples: string;
  readonly inProgress: boolean;
  readonly reason: string | null;
}

export interface MetricTableProps {
  readonly points: readonly MetricPoint[];
  readonly unit: FigureUnit;
  readonly caption: string;
  readonly isRatio: boolean;
  readonly interval: Interval;
}

/** Figures over time, newest first: the twin of their chart. All digits stand in titles. */
export function MetricTable({ points, unit, caption, isRatio, interval }: MetricTableProps) {
  const t = useText();
  const hasBounds = points.some(({ low, high }) => low !== null || high !== null);
  const hasCoverage = points.some(({ coverage }) => coverage !== null);
  return (
    <DataTable
      caption={caption}
      label={t('Figures over time')}
      className="series-table"
      head={
        <>
          <ColumnHead>{t(intervalTitles[interval])}</ColumnHead>
          <ColumnHead className="number">{t('Value')}</ColumnHead>
          {hasBounds ? <ColumnHead className="number">{t('Between')}</ColumnHead> : null}
          {isRatio ? <ColumnHead className="number">{t('Of')}</ColumnHead> : null}
          <ColumnHead className="number" title={t('How many samples stand behind it')}>
            {t('Samples')}
          </ColumnHead>
          {hasCoverage ? (
            <ColumnHead className="number" title={t('Share of what it should rest on that is known')}>
              {t('Known')}
            </ColumnHead>
          ) : null}
        </>
      }
    >
      {points.toReversed().map((point) => (
        <TableRow key={point.from}>
          <RowHead>
            <Bucket point={point} interval={interval} />
          </RowHead>
          <Cell label={t('Value')} className="number">
            <Value point={point} unit={unit} />
          </Cell>
          {hasBounds ? (
            <Cell label={t('Between')} className="number">
              {toBetween(point, unit)}
            </Cell>
          ) : null}
          {isRatio ? (
            <Cell label={t('Of')} className="number">
              {point.numerator !== null && point.denominator !== null
                ? t('{part} of {whole}', { part: toShown(point.numerator), whole: toShown(point.denominator) })
                : null}
            </Cell>
          ) : null}
          <Cell label={t('Samples')} className="number">
            {toCount(point.samples)}
          </Cell>
          {hasCoverage ? (
            <Cell label={t('Known')} className="number">
              {point.coverage === null ? null : toShare(Number(point.coverage))}
            </Cell>
          ) : null}
        </TableRow>
      ))}
    </DataTable>
  );
}

export interface ComparedSeries {
  readonly subject: string;
  readonly name: string;
  readonly unit: FigureUnit;
  readonly points: readonly MetricPoint[];
}

export interface ComparedTableProps {
  readonly series: readonly ComparedSeries[];
  readonly caption: string;
  readonly interval: Interval;
}

/** Figures of several over time, newest first, a column for each. */
export function ComparedTable({ series, caption, interval }: ComparedTableProps) {
  const t = useText();
  const byBegin = series.map(({ points }) => new Map(points.map((point) => [point.from, point])));
  const begins = [...new Set(series.flatMap(({ points }) => points.map(({ from }) => from)))].sort().toReversed();
  return (
    <DataTable
      caption={caption}
      label={t('Figures over time')}
      className="series-table"
      head={
        <>
          <ColumnHead>{t(intervalTitles[interval])}</ColumnHead>
          {series.map(({ subject, name }) => (
            <ColumnHead key={subject} className="number">
              {name}
            </ColumnHead>
          ))}
        </>
      }
    >
      {begins.map((begin) => {
        const row = byBegin.map((points) => points.get(begin));
        const known = row.find((point) => point !== undefined);
        return (
          <TableRow key={begin}>
            <RowHead>{known ? <Bucket point={known} interval={interval} /> : null}</RowHead>
            {series.map(({ subject, name, unit }, at) => (
              <Cell key={subject} label={name} className="number">
                {row[at] ? <Value point={row[at]} unit={unit} /> : <NoValue />}
              </Cell>
            ))}
          </TableRow>
        );
      })}
    </DataTable>
  );
}

function Bucket({ point, interval }: { readonly point: MetricPoint; readonly interval: Interval }) {
  const t = useText();
  const time = toBucketLabel(point.from, interval);
  return <>{point.inProgress ? t('{time} so far', { time }) : time}</>;
}

function Value({ point, unit }: { readonly point: MetricPoint; readonly unit: FigureUnit }) {
  const t = useText();
  if (point.value === null) {
    return <NoValue reason={point.reason ? toReason(point.reason) : t('There is no evidence')} />;
  }
  return <span title={point.value}>{toValue(point.value, unit)}</span>;
}

/** Indexes, points and counts to four digits after the point, all else as people say it. */
function toValue(value: string, unit: FigureUnit): string {
  if (['count', 'index', 'points'].includes(unit.unit)) return toShown(value);
  const { text, unit: name } = formatFigure(value, unit);
  return unit.unit === 'baseUnits' && name ? `${text} ${name}` : text;
}

function toBetween({ low, high }: MetricPoint, unit: FigureUnit): string | null {
  if (low === null && high === null) return null;
  const show = (edge: string | null) => (edge === null ? '' : toValue(edge, unit));
  return low === null ? `≤ ${show(high)}` : high === null ? `≥ ${show(low)}` : `${show(low)} – ${show(high)}`;
}

/** A decimal of any size with four digits after the point; all of them stand in the title. */
export function toShown(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const kept = fraction.slice(0, 4).replace(/0+$/, '');
  return kept === '' ? toCount(whole) : `${toCount(whole)}.${kept}`;
}
