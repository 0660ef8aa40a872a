import { toClean, toCount, toMilliseconds, toShare, toUptime } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { toCoverage } from './Uptime.js';
import { When } from './When.js';

export interface ReachRow {
  readonly probe: string;
  readonly targets: number;
  /** Null while none was asked of late. */
  readonly targetsReached: number | null;
  readonly asked: string;
  readonly known: string;
  readonly reached: string;
  readonly reachedShare: number | null;
  readonly coverage: number | null;
  readonly days: number;
  readonly ofDays: number;
  readonly lastReached: string | null;
  readonly latencyMeanUs: number | null;
  readonly latencyMaxUs: number | null;
}

/** Whether a provider was there when we asked, a row for each way of asking. */
export function ReachTable({ rows }: { readonly rows: readonly ReachRow[] }) {
  const t = useText();
  return (
    <DataTable
      caption={t(
        'Our probes ask every few minutes; who did not answer while we were cut off ourselves is unknown, not down',
      )}
      label={t('Answers to probes')}
      head={
        <>
          <ColumnHead>{t('Asked by')}</ColumnHead>
          <ColumnHead>{t('Now')}</ColumnHead>
          <ColumnHead
            className="number"
            title={t('Of the minutes in which we asked and could have heard, over 30 days')}
          >
            {t('Reached')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Of what was asked, what is known; the rest is unknown, for nobody')}>
            {t('Seen by us')}
          </ColumnHead>
          <ColumnHead className="number" title={t('From us to there, over the last 24 hours')}>
            {t('Answer time')}
          </ColumnHead>
          <ColumnHead className="number">{t('Last reached (UTC)')}</ColumnHead>
        </>
      }
    >
      {rows.map((row) => (
        <TableRow key={row.probe}>
          <RowHead>
            <code>{toClean(row.probe, 40)}</code>
          </RowHead>
          <Cell label={t('Now')}>
            <ReachBadge reach={row} />
          </Cell>
          <Cell label={t('Reached')} className="number">
            <ReachShare reach={row} />
          </Cell>
          <Cell label={t('Seen by us')} className="number">
            {row.coverage === null ? <NoValue reason={t('Not asked yet')} /> : toShare(row.coverage)}
          </Cell>
          <Cell label={t('Answer time')} className="number">
            {row.latencyMeanUs === null ? (
              <NoValue reason={t('No answer in 24 hours')} />
            ) : (
              <span title={t('At most {time}', { time: toMilliseconds(row.latencyMaxUs ?? row.latencyMeanUs) })}>
                {toMilliseconds(row.latencyMeanUs)}
              </span>
            )}
          </Cell>
          <Cell label={t('Last reached (UTC)')} className="number">
            {row.lastReached === null ? <NoValue reason={t('Not once in 30 days')} /> : <When at={row.lastReached} />}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

/** "99.93 %" over "3 of 30 days". */
export function ReachShare({ reach }: { readonly reach: ReachRow }) {
  const t = useText();
  const { reachedShare, days, ofDays, reached, known } = reach;
  if (reachedShare === null) return <NoValue reason={t('Nothing is known yet')} />;
  return (
    <span
      className="stacked"
      title={t('{reached} of {known} times', { reached: toCount(reached), known: toCount(known) })}
    >
      <span>{toUptime(reachedShare)}</span> <span className="age">{toCoverage(t, days, ofDays)}</span>
    </span>
  );
}

/** Words and a sign, so that colour is never alone; of several endpoints how many are there. */
export function ReachBadge({ reach: { targets, targetsReached } }: { readonly reach: ReachRow }) {
  const t = useText();
  const { tone, sign, label } =
    targetsReached === null ? states.unknown : targetsReached > 0 ? states.reached : states.silent;
  return (
    <>
      <span className={`badge badge-${tone}`} title={t('When it was last asked, within two hours')}>
        <span aria-hidden="true">{sign}</span> {t(label)}
      </span>{' '}
      {targets > 1 && targetsReached !== null ? (
        <span className="age">
          {t('{reached} of {targets} endpoints', { reached: toCount(targetsReached), targets: toCount(targets) })}
        </span>
      ) : null}
    </>
  );
}

const states = {
  reached: { tone: 'good', sign: '●', label: key('Reached') },
  silent: { tone: 'bad', sign: '○', label: key('Not reached') },
  unknown: { tone: 'quiet', sign: '?', label: key('Not known') },
} as const;
