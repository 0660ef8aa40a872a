import { type DayBar, toDayBars } from '../charts/toDayBars.js';
import { toCount, toUptime } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
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
  /** How many days there are places for. */
  readonly length?: number;
  /** Where the hours of a day are. */
  readonly toDayHref?: (date: string) => string;
}

const LENGTH = 90;

/** A bar for each of 90 days, and behind them the same numbers as a table. */
export function UptimeDays({ days, subject, withNodes, length = LENGTH, toDayHref }: UptimeDaysProps) {
  const t = useText();
  const label = toSentence(t, { days, subject, length });
  return (
    <figure className="day-strip">
      <figcaption>
        <span className="legend">
          <span className="swatch swatch-up" aria-hidden="true" /> {t('Up')}
        </span>
        <span className="legend">
          <span className="swatch swatch-down" aria-hidden="true" /> {t('Down')}
        </span>
        <span className="legend">
          <span className="swatch swatch-unknown" aria-hidden="true" /> {t('Unknown')}
        </span>
      </figcaption>
      <div className="day-strip-bars">
        <Strip days={days} label={label} length={length} />
        {toDayHref ? <DayLinks days={days} length={length} toDayHref={toDayHref} /> : null}
      </div>
      <p className="day-strip-ends" aria-hidden="true">
        <span>{t('{days} days ago', { days: length })}</span>
        <span>{t('today')}</span>
      </p>
      <details className="events">
        <summary>{t.count(days.length, '{n} day as a table', '{n} days as a table')}</summary>
        <DaysTable days={days} caption={label} withNodes={withNodes} toDayHref={toDayHref} />
      </details>
    </figure>
  );
}

const [STEP, WIDTH, HEIGHT] = [10, 8, 40] as const;

interface StripProps {
  readonly days: readonly UptimeDay[];
  readonly label: string;
  readonly length: number;
}

function Strip({ days, label, length }: StripProps) {
  const t = useText();
  const byDate = new Map(days.map((day) => [day.date, day]));
  return (
    <svg
      viewBox={`0 0 ${length * STEP - (STEP - WIDTH)} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className="bar-gap" x={0} width={length * STEP} y={HEIGHT - 2} height={2} />
      {toDayBars(days, length).map((bar) => (
        <Bar key={bar.date} bar={bar} title={toTitle(t, byDate.get(bar.date))} />
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

/** For whoever points: the same links stand in the table, where a keyboard and a screen reader find them. */
function DayLinks({ days, length, toDayHref }: Required<Pick<UptimeDaysProps, 'days' | 'length' | 'toDayHref'>>) {
  const t = useText();
  return (
    <div className="day-links" aria-hidden="true">
      {Array.from({ length: Math.max(0, length - days.length) }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places of days before the first never change.
        <span key={`place ${place}`} />
      ))}
      {days.slice(-length).map((day) => (
        // biome-ignore lint/a11y/useAnchorContent: out of sight of whoever cannot point; the table has the same links.
        <a key={day.date} href={toDayHref(day.date)} tabIndex={-1} title={toTitle(t, day)} />
      ))}
    </div>
  );
}

function toTitle(t: Translate, day: UptimeDay | undefined): string {
  if (!day) return '';
  const { date, uptimeRaw, inProgress } = day;
  if (uptimeRaw === null) return t('{date}: nothing known', { date });
  const uptime = toUptime(uptimeRaw);
  return inProgress ? t('{date} so far: {uptime} up', { date, uptime }) : t('{date}: {uptime} up', { date, uptime });
}

function toSentence(
  t: Translate,
  { days, subject, length }: Required<Pick<UptimeDaysProps, 'days' | 'subject' | 'length'>>,
): string {
  const known = days.filter((day) => day.uptimeRaw !== null);
  const worst = known.toSorted((one, other) => (one.uptimeRaw ?? 1) - (other.uptimeRaw ?? 1))[0];
  const values = { subject, known: known.length, days: length };
  return worst
    ? t('Uptime of {subject} by day, {known} of the last {days} days known; the lowest was {lowest} on {date}', {
        ...values,
        lowest: toUptime(worst.uptimeRaw ?? 0),
        date: worst.date,
      })
    : t('Uptime of {subject} by day, {known} of the last {days} days known', values);
}

function DaysTable({
  days,
  caption,
  withNodes,
  toDayHref,
}: Pick<UptimeDaysProps, 'days' | 'withNodes' | 'toDayHref'> & { readonly caption: string }) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Uptime by day, as a table')}
      className="day-table"
      head={
        <>
          <ColumnHead>{t('Day (UTC)')}</ColumnHead>
          <ColumnHead className="number" title={t('Of the minutes that are known')}>
            {t('Uptime')}
          </ColumnHead>
          <ColumnHead className="number">{t('Minutes up')}</ColumnHead>
          <ColumnHead className="number" title={t('Minutes that a healthy observer of ours could see')}>
            {t('Known')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Minutes in which beats were due')}>
            {t('Due')}
          </ColumnHead>
          {withNodes ? <ColumnHead className="number">{t('Nodes')}</ColumnHead> : null}
        </>
      }
    >
      {days.toReversed().map((day) => (
        <TableRow key={day.date}>
          <RowHead>
            {toDayHref ? <a href={toDayHref(day.date)}>{day.date}</a> : day.date}
            {day.inProgress ? <span className="age"> {t('so far')}</span> : null}
          </RowHead>
          <Cell label={t('Uptime')} className="number">
            {day.uptimeRaw === null ? <NoValue reason={t('Nothing is known')} /> : toUptime(day.uptimeRaw)}
          </Cell>
          <Cell label={t('Minutes up')} className="number">
            {toCount(day.up)}
          </Cell>
          <Cell label={t('Known')} className="number">
            {toCount(day.known)}
          </Cell>
          <Cell label={t('Due')} className="number">
            {toCount(day.expected)}
          </Cell>
          {withNodes ? (
            <Cell label={t('Nodes')} className="number">
              {toCount(day.nodes)}
            </Cell>
          ) : null}
        </TableRow>
      ))}
    </DataTable>
  );
}
