import { toCount } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface MetricPoint {
  readonly from: string;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly samples: string;
  readonly inProgress: boolean;
  readonly reason: string | null;
}

export interface MetricTableProps {
  readonly points: readonly MetricPoint[];
  readonly caption: string;
  readonly isRatio: boolean;
  readonly grain: 'hour' | 'day';
}

/** Figures over time, newest first, to the last digit. */
export function MetricTable({ points, caption, isRatio, grain }: MetricTableProps) {
  return (
    <DataTable
      caption={caption}
      label="Figures over time"
      head={
        <>
          <ColumnHead>{grain === 'day' ? 'Day (UTC)' : 'Hour (UTC)'}</ColumnHead>
          <ColumnHead className="number">Value</ColumnHead>
          {isRatio ? <ColumnHead className="number">Of</ColumnHead> : null}
          <ColumnHead className="number" title="How many samples stand behind it">
            Samples
          </ColumnHead>
        </>
      }
    >
      {points.toReversed().map((point) => (
        <TableRow key={point.from}>
          <RowHead>
            {grain === 'day' ? point.from.slice(0, 10) : point.from.slice(0, 16).replace('T', ' ')}
            {point.inProgress ? <span className="age"> so far</span> : null}
          </RowHead>
          <Cell label="Value" className="number">
            {point.value === null ? (
              <NoValue reason={point.reason ?? 'There is no evidence'} />
            ) : (
              <span title={point.value}>{toShown(point.value)}</span>
            )}
          </Cell>
          {isRatio ? (
            <Cell label="Of" className="number">
              {point.numerator !== null && point.denominator !== null
                ? `${toShown(point.numerator)} of ${toShown(point.denominator)}`
                : null}
            </Cell>
          ) : null}
          <Cell label="Samples" className="number">
            {toCount(point.samples)}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

/** A decimal of any size with four digits after the point; all of them stand in the title. */
export function toShown(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const kept = fraction.slice(0, 4).replace(/0+$/, '');
  return kept === '' ? toCount(whole) : `${toCount(whole)}.${kept}`;
}
