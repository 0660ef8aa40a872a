import { toCount, toUptime } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { type MinuteSpell, type MinuteState, toClock, toMinuteSpells } from '../toMinuteSpells.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import type { UptimeCounts } from './Uptime.js';

export interface UptimeHour extends UptimeCounts {
  readonly from: string;
  readonly nodes: number;
  /** A letter a minute. */
  readonly minutes: string;
}

export interface UptimeHoursProps {
  readonly date: string;
  readonly hours: readonly UptimeHour[];
}

/** The settled hours of a day, each minute of them drawn, and what was not up in words. */
export function UptimeHours({ date, hours }: UptimeHoursProps) {
  const t = useText();
  if (hours.length === 0) {
    return (
      <p className="muted">
        {t('Nothing is kept of {date}: no beat was due, or no hour of it is settled yet.', { date })}
      </p>
    );
  }
  return (
    <DataTable
      caption={t('Hours of {date} that are settled, minute by minute (UTC)', { date })}
      label={t('Hours of {date}', { date })}
      className="uptime-hours"
      head={
        <>
          <ColumnHead>{t('Hour')}</ColumnHead>
          <ColumnHead>{t('Minutes')}</ColumnHead>
          <ColumnHead className="number">{t('Uptime')}</ColumnHead>
          <ColumnHead>{t('Not up')}</ColumnHead>
        </>
      }
    >
      {hours.map((hour) => (
        <Hour key={hour.from} hour={hour} />
      ))}
    </DataTable>
  );
}

function Hour({ hour }: { readonly hour: UptimeHour }) {
  const t = useText();
  const spells = toMinuteSpells(hour.minutes);
  return (
    <TableRow>
      <RowHead>{toClock(hour.from, 0)}</RowHead>
      <Cell label={t('Minutes')} className="minutes">
        <Minutes spells={spells} />
      </Cell>
      <Cell label={t('Uptime')} className="number">
        {hour.uptimeRaw === null ? (
          <NoValue reason={t('Nothing is known')} />
        ) : (
          <span
            title={t('{up} of {known} known minutes up, {expected} due', {
              up: toCount(hour.up),
              known: toCount(hour.known),
              expected: toCount(hour.expected),
            })}
          >
            {toUptime(hour.uptimeRaw)}
          </span>
        )}
      </Cell>
      <Cell label={t('Not up')}>
        <Spells from={hour.from} spells={spells} />
      </Cell>
    </TableRow>
  );
}

/** Heights tell the states apart as colours do. What stands beside it in words is all that a screen reader needs. */
function Minutes({ spells }: { readonly spells: readonly MinuteSpell[] }) {
  return (
    <svg className="minute-strip" viewBox="0 0 60 10" preserveAspectRatio="none" aria-hidden="true">
      {spells.map(({ state, from, to }) => (
        <rect
          key={from}
          className={`minute minute-${names[state]}`}
          x={from}
          width={to - from}
          y={10 - heights[state]}
          height={heights[state]}
        />
      ))}
    </svg>
  );
}

function Spells({ from, spells }: { readonly from: string; readonly spells: readonly MinuteSpell[] }) {
  const t = useText();
  const told = spells.filter(({ state }) => state !== 'u');
  if (told.length === 0) return <span className="muted">{t('nothing')}</span>;
  return (
    <ul className="plain spells">
      {told.slice(0, MOST).map((spell) => (
        <li key={spell.from}>
          {t('{from} to {to}', { from: toClock(from, spell.from), to: toClock(from, spell.to) })}{' '}
          {t(words[spell.state])}
        </li>
      ))}
      {told.length > MOST ? <li className="muted">{t('and {count} more', { count: told.length - MOST })}</li> : null}
    </ul>
  );
}

const MOST = 6;

const names: Readonly<Record<MinuteState, string>> = {
  u: 'up',
  d: 'down',
  s: 'some',
  m: 'announced',
  '?': 'unknown',
  '-': 'none',
};

const heights: Readonly<Record<MinuteState, number>> = { u: 10, d: 10, s: 10, m: 6, '?': 4, '-': 1 };

const words: Readonly<Record<MinuteState, string>> = {
  u: key('up'),
  d: key('down'),
  s: key('some of its nodes down'),
  m: key('down in announced maintenance'),
  '?': key('unknown, for nobody'),
  '-': key('nothing was due'),
};
