import { type DayBar, toDayBars } from '../charts/toDayBars.js';
import { toCount, toCounted, toUptime } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import type { UptimeCounts } from './Uptime.js';

export interface UptimeDay extends UptimeCounts {
  readonly date: string;
  readonly nodes: number;
  readonly inProgress: boolean;
}

export interface UptimeDaysProps {
  readonly days: readonly UptimeDay[];
  /** Whose days they are. */
  readonly subject: string;
  /** Whether they are of several nodes. */
  readonly withNodes: boolean;
}

const LENGTH = 90;

/** A bar for each of 90 days, and behind them the same numbers as a table. */
export function UptimeDays({ days, subject, withNodes }: UptimeDaysProps) {
  return (
    <figure className="day-strip">
      <figcaption>
        <span className="legend">
          <span className="swatch swatch-up" aria-hidden="true" /> Up
        </span>
        <span className="legend">
          <span className="swatch swatch-down" aria-hidden="true" /> Down
        </span>
        <span className="legend">
          <span className="swatch swatch-unknown" aria-hidden="true" /> Unknown
        </span>
      </figcaption>
      <Strip days={days} label={toSentence(days, subject)} />
      <p className="day-strip-ends" aria-hidden="true">
        <span>{LENGTH} days ago</span>
        <span>today</span>
      </p>
      <details className="events">
        <summary>{toCounted(days.length, 'day')} as a table</summary>
        <DaysTable days={days} caption={toSentence(days, subject)} withNodes={withNodes} />
      </details>
    </figure>
  );
}

const [STEP, WIDTH, HEIGHT] = [10, 8, 40] as const;

function Strip({ days, label }: { readonly days: readonly UptimeDay[]; readonly label: string }) {
  const byDate = new Map(days.map((day) => [day.date, day]));
  return (
    <svg
      viewBox={`0 0 ${LENGTH * STEP - (STEP - WIDTH)} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className="bar-gap" x={0} width={LENGTH * STEP} y={HEIGHT - 2} height={2} />
      {toDayBars(days, LENGTH).map((bar) => (
        <Bar key={bar.date} bar={bar} title={toTitle(byDate.get(bar.date))} />
      ))}
    </svg>
  );
}

function Bar({ bar, title }: { readonly bar: DayBar; readonly title: string }) {
  const x = bar.place * STEP;
  const [up, down, unknown] = [bar.up * HEIGHT, bar.down * HEIGHT, bar.unknown * HEIGHT];
  return (
    <g>
      <title>{title}</title>
      <rect className="bar-up" x={x} width={WIDTH} y={HEIGHT - up} height={up} />
      <rect className="bar-down" x={x} width={WIDTH} y={unknown} height={down} />
      <rect className="bar-unknown" x={x} width={WIDTH} y={0} height={unknown} />
    </g>
  );
}

function toTitle(day: UptimeDay | undefined): string {
  if (!day) return '';
  const uptime = day.uptimeRaw === null ? 'nothing known' : `${toUptime(day.uptimeRaw)} up`;
  return `${day.date}${day.inProgress ? ' so far' : ''}: ${uptime}`;
}

function toSentence(days: readonly UptimeDay[], subject: string): string {
  const known = days.filter((day) => day.uptimeRaw !== null);
  const worst = known.toSorted((one, other) => (one.uptimeRaw ?? 1) - (other.uptimeRaw ?? 1))[0];
  const lowest = worst ? `; the lowest was ${toUptime(worst.uptimeRaw ?? 0)} on ${worst.date}` : '';
  return `Uptime of ${subject} by day, ${known.length} of the last ${LENGTH} days known${lowest}`;
}

function DaysTable({
  days,
  caption,
  withNodes,
}: Pick<UptimeDaysProps, 'days' | 'withNodes'> & { readonly caption: string }) {
  return (
    <DataTable
      caption={caption}
      label="Uptime by day, as a table"
      className="day-table"
      head={
        <>
          <ColumnHead>Day (UTC)</ColumnHead>
          <ColumnHead className="number" title="Of the minutes that are known">
            Uptime
          </ColumnHead>
          <ColumnHead className="number">Minutes up</ColumnHead>
          <ColumnHead className="number" title="Minutes that a healthy observer of ours could see">
            Known
          </ColumnHead>
          <ColumnHead className="number" title="Minutes in which beats were due">
            Due
          </ColumnHead>
          {withNodes ? <ColumnHead className="number">Nodes</ColumnHead> : null}
        </>
      }
    >
      {days.toReversed().map((day) => (
        <TableRow key={day.date}>
          <RowHead>
            {day.date}
            {day.inProgress ? <span className="age"> so far</span> : null}
          </RowHead>
          <Cell label="Uptime" className="number">
            {day.uptimeRaw === null ? <NoValue reason="Nothing is known" /> : toUptime(day.uptimeRaw)}
          </Cell>
          <Cell label="Minutes up" className="number">
            {toCount(day.up)}
          </Cell>
          <Cell label="Known" className="number">
            {toCount(day.known)}
          </Cell>
          <Cell label="Due" className="number">
            {toCount(day.expected)}
          </Cell>
          {withNodes ? (
            <Cell label="Nodes" className="number">
              {toCount(day.nodes)}
            </Cell>
          ) : null}
        </TableRow>
      ))}
    </DataTable>
  );
}
