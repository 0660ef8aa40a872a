import { toCount, toDuration, toShare, toUptime } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface UptimeWindow {
  readonly days: number;
  readonly known: string;
  readonly expected: string;
  readonly coverage: number | null;
  readonly uptime: number | null;
  readonly lower: string | null;
  readonly effectiveN: string | null;
  readonly failures: number;
  readonly repairs: number;
  readonly mtbfSeconds: number | null;
  readonly mtbfLowerSeconds: number | null;
  readonly mtbfUpperSeconds: number | null;
  readonly mttrSeconds: number | null;
  readonly mttrExposureSeconds: number | null;
  readonly longestOutageSeconds: number;
}

/** Uptime and outages of the last days, each with how sure it is. */
export function UptimeWindows({ windows }: { readonly windows: readonly UptimeWindow[] }) {
  const t = useText();
  return (
    <DataTable
      caption={t(
        'The last days up to the last hour that is settled. Bounds hold with 95 % confidence; times are of its machines together',
      )}
      label={t('Windows of reliability')}
      className="windows"
      head={
        <>
          <ColumnHead>{t('Last')}</ColumnHead>
          <ColumnHead className="number">{t('Uptime')}</ColumnHead>
          <ColumnHead className="number" title={t('Wilson’s bound at the number of independent minutes')}>
            {t('At least')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Up time for each outage that began')}>
            {t('Between failures')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Of outages that ended')}>
            {t('To repair')}
          </ColumnHead>
          <ColumnHead className="number">{t('Longest outage')}</ColumnHead>
        </>
      }
    >
      {windows.map((window) => (
        <Row key={window.days} window={window} />
      ))}
    </DataTable>
  );
}

function Row({ window }: { readonly window: UptimeWindow }) {
  const t = useText();
  const { days, uptime, lower, effectiveN, coverage, failures, repairs, mttrSeconds, mttrExposureSeconds } = window;
  return (
    <TableRow>
      <RowHead>
        {days === 1 ? '24 h' : t('{days} days', { days })}{' '}
        {coverage !== null && coverage < 1 ? (
          <span className="age">{t('{share} seen', { share: toShare(coverage) })}</span>
        ) : null}
      </RowHead>
      <Cell label={t('Uptime')} className="number">
        {uptime === null ? <NoValue reason={t('Nothing is known')} /> : toUptime(uptime)}
      </Cell>
      <Cell label={t('At least')} className="number">
        {lower === null ? (
          <NoValue reason={t('Nothing is known')} />
        ) : (
          <span title={effectiveN === null ? undefined : t('As sure as {n} independent minutes', { n: effectiveN })}>
            {toUptime(Number(lower))}
          </span>
        )}
      </Cell>
      <Cell label={t('Between failures')} className="number">
        <Between window={window} />
      </Cell>
      <Cell label={t('To repair')} className="number">
        {mttrSeconds === null ? (
          <NoValue reason={t('No outage ended')} />
        ) : (
          <span
            title={
              mttrExposureSeconds === null
                ? undefined
                : t('With outages that last still: {time}', { time: toTime(mttrExposureSeconds, Math.round) })
            }
          >
            {toTime(mttrSeconds, Math.round)}{' '}
            <span className="age">{t.count(repairs, 'of {n} repair', 'of {n} repairs')}</span>
          </span>
        )}
      </Cell>
      <Cell label={t('Longest outage')} className="number">
        {failures === 0 && window.longestOutageSeconds === 0 ? t('none') : toDuration(window.longestOutageSeconds)}
      </Cell>
    </TableRow>
  );
}

/** A mean with its bounds; without a failure there is a bound alone. */
function Between({ window }: { readonly window: UptimeWindow }) {
  const t = useText();
  const { failures, mtbfSeconds, mtbfLowerSeconds, mtbfUpperSeconds } = window;
  if (mtbfSeconds === null) {
    if (mtbfLowerSeconds === null) return <NoValue reason={t('It was never up')} />;
    return (
      <span title={t('No failure: the bound is from one side')}>
        {t('more than {time}', { time: toTime(mtbfLowerSeconds, Math.floor) })}
      </span>
    );
  }
  return (
    <span title={t.count(failures, 'Of {n} outage that began', 'Of {n} outages that began')}>
      {toTime(mtbfSeconds, Math.round)}{' '}
      {mtbfLowerSeconds !== null && mtbfUpperSeconds !== null ? (
        <span className="age">
          {t('{from} to {to}', {
            from: toTime(mtbfLowerSeconds, Math.floor),
            to: toTime(mtbfUpperSeconds, Math.ceil),
          })}
        </span>
      ) : null}
    </span>
  );
}

/** In the largest unit of which there are two, to a tenth: bounds that are near each other do not look the same. */
function toTime(seconds: number, round: (tenths: number) => number): string {
  const [name, unit] = seconds >= 172_800 ? ['d', 86_400] : seconds >= 7_200 ? ['h', 3_600] : (['min', 60] as const);
  const tenths = round((seconds * 10) / unit);
  return `${toCount(Math.floor(tenths / 10))}${tenths % 10 === 0 ? '' : `.${tenths % 10}`} ${name}`;
}
