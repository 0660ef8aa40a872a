import { toClean, toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { type Outage, OutageNotice, toSpan } from './OutageNotice.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface HeartbeatCollectorProps {
  readonly status: {
    readonly down: boolean | null;
    readonly unheard: readonly string[];
    readonly outages: readonly Outage[];
    readonly beats: readonly { readonly at: string; readonly beats: string }[];
    readonly observers: readonly Observer[];
  };
}

interface Observer {
  readonly name: string;
  readonly networkGroup: string;
  readonly alive: boolean | null;
  readonly since: string | null;
  readonly lastAlive: string | null;
  readonly beats: string;
  readonly outages: readonly Outage[];
}

/** How the collecting of heartbeats goes: who observes, when nobody did, how many beats come. */
export function HeartbeatCollector({ status }: HeartbeatCollectorProps) {
  const t = useText();
  const { observers, beats } = status;
  return (
    <section aria-labelledby="heartbeats">
      <h2 id="heartbeats">{t('Heartbeats')}</h2>
      {observers.length === 0 ? (
        <p className="muted">{t('No heartbeats are collected here: no gateway has run yet.')}</p>
      ) : (
        <>
          <OutageNotice status={status} />
          {beats.length > 0 ? (
            <p className="muted lead-in">
              {t.count(beats.length, 'Beats in the last minute:', 'Beats in the last {n} minutes, oldest first:')}{' '}
              <span className="nowrap">{beats.map((minute) => toCount(minute.beats)).join(' · ')}</span>
            </p>
          ) : null}
          <ObserverTable observers={observers} />
        </>
      )}
    </section>
  );
}

function ObserverTable({ observers }: { readonly observers: readonly Observer[] }) {
  const t = useText();
  return (
    <DataTable
      caption={t('Places from which nodes are seen, over the last 24 hours')}
      label={t('Observers')}
      head={
        <>
          <ColumnHead>{t('Observer')}</ColumnHead>
          <ColumnHead title={t('Observers of one group have one vote together')}>{t('Group')}</ColumnHead>
          <ColumnHead>{t('Now')}</ColumnHead>
          <ColumnHead className="number" title={t('Of the last minute that is over')}>
            {t('Beats a minute')}
          </ColumnHead>
          <ColumnHead className="number">{t('Last alive (UTC)')}</ColumnHead>
          <ColumnHead title={t('Minutes in which it could take beats for less than 50 seconds')}>
            {t('Away')}
          </ColumnHead>
        </>
      }
    >
      {observers.map((observer) => (
        <TableRow key={observer.name}>
          <RowHead>{toClean(observer.name, 40)}</RowHead>
          <Cell label={t('Group')}>{toClean(observer.networkGroup, 40)}</Cell>
          <Cell label={t('Now')}>
            <State alive={observer.alive} />
          </Cell>
          <Cell label={t('Beats a minute')} className="number">
            {toCount(observer.beats)}
          </Cell>
          <Cell label={t('Last alive (UTC)')} className="number">
            {observer.lastAlive === null ? <NoValue reason={t('Never yet')} /> : <When at={observer.lastAlive} />}
          </Cell>
          <Cell label={t('Away')}>
            <Away observer={observer} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function State({ alive }: { readonly alive: boolean | null }) {
  const t = useText();
  if (alive === null) return <NoValue reason={t('Never started')} />;
  return alive ? (
    <span className="badge badge-good">
      <span aria-hidden="true">✓</span> {t('Observing')}
    </span>
  ) : (
    <span className="badge badge-bad">
      <span aria-hidden="true">✕</span> {t('Away')}
    </span>
  );
}

const SHOWN = 5;

/** The latest of its outages; how many more there were. */
function Away({ observer: { since, outages } }: { readonly observer: Observer }) {
  const t = useText();
  if (since === null) return <NoValue reason={t('Never started')} />;
  if (outages.length === 0) return <span className="muted">{t('not once')}</span>;
  return (
    <ul className="plain">
      {outages
        .slice(-SHOWN)
        .toReversed()
        .map((outage) => (
          <li key={outage.from}>
            {toSpan(t, outage)} <span className="age">{t.count(outage.minutes, '{n} minute', '{n} minutes')}</span>
          </li>
        ))}
      {outages.length > SHOWN ? <li className="muted">{t('and {n} before', { n: outages.length - SHOWN })}</li> : null}
    </ul>
  );
}
