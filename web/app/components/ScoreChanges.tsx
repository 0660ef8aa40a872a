import { toUtcMinute } from '../format.js';
import { key, type Translate } from '../i18n/text.js';
import { Rich, useText } from '../i18n/useText.js';
import type { ScoreChanges as Changes, ScoreChange } from '../toScoreChanges.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { partTitles, toPoints, toPointsMoved } from './points.js';
import { ShortPublicId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface ScoreExplanation extends Changes {
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly after: string;
  readonly points: string;
}

/** Why a reputation is another one than a week ago, or than at first; the lines add up to the difference. */
export function ScoreChanges({
  explanation,
  id = 'score-changes',
  subject = '',
}: {
  readonly explanation: ScoreExplanation;
  /** Of the heading, and whose it is: a page may have several. */
  readonly id?: string;
  readonly subject?: string;
}) {
  const t = useText();
  const { from, to, before, after, points, changes, rest } = explanation;
  const title = isWeek(from, to)
    ? t('What changed since a week ago')
    : t('What changed since {day}', { day: from.slice(0, 10) });
  return (
    <>
      <h3 id={id}>{title}</h3>
      {changes.length === 0 && rest === null ? (
        <p className="muted">
          {t('Nothing: it is {points} as on {time}.', { points: toPoints(after), time: toUtcMinute(from) })}
        </p>
      ) : (
        <DataTable
          caption={
            <Rich
              text="From {before} points on {time} to {after} now: {moved}. The lines add up to it"
              before={toPoints(before)}
              time={toUtcMinute(from)}
              after={toPoints(after)}
              moved={<span title={points}>{toPointsMoved(points)}</span>}
            />
          }
          label={`${title} ${subject}`.trim()}
          className="score-changes"
          head={
            <>
              <ColumnHead>{t('What happened')}</ColumnHead>
              <ColumnHead>{t('Part')}</ColumnHead>
              <ColumnHead className="number">{t('Points')}</ColumnHead>
              <ColumnHead>{t('Jobs')}</ColumnHead>
            </>
          }
        >
          {changes.map((change) => (
            <Change key={`${change.component} ${change.kind} ${change.what}`} change={change} />
          ))}
          {rest === null ? null : (
            <TableRow>
              <RowHead>{t('Everything else')}</RowHead>
              <Cell label={t('Part')} />
              <Cell label={t('Points')} className="number">
                <span title={rest}>{toPointsMoved(rest)}</span>
              </Cell>
              <Cell label={t('Jobs')} />
            </TableRow>
          )}
        </DataTable>
      )}
    </>
  );
}

function isWeek(from: string, to: string): boolean {
  return Date.parse(to) - Date.parse(from) >= 7 * 86_400_000;
}

function Change({ change }: { readonly change: ScoreChange }) {
  const t = useText();
  const { component, points, jobIds, count } = change;
  return (
    <TableRow>
      <RowHead>{toWords(t, change)}</RowHead>
      <Cell label={t('Part')}>{t(partTitles[component] ?? '') || component}</Cell>
      <Cell label={t('Points')} className="number">
        <span title={points}>{toPointsMoved(points)}</span>
      </Cell>
      <Cell label={t('Jobs')}>
        {jobIds.map((id) => (
          <span key={id}>
            <Link to={`/jobs/${encodeURIComponent(id)}`}>
              <ShortPublicId id={id} />
            </Link>{' '}
          </span>
        ))}
        {jobIds.length > 0 && count > jobIds.length ? <span className="age">{t('and others')}</span> : null}
      </Cell>
    </TableRow>
  );
}

function toWords(t: Translate, { kind, what, count }: ScoreChange): string {
  const word = words[`${kind} ${what}`] ?? words[kind];
  if (!word) return what === null ? kind : `${kind}: ${what}`;
  return typeof word === 'string' ? t(word) : word(t, count);
}

/** Of what is no single thing there is one text, of anything else one of how many there are. */
const words: Readonly<Record<string, string | ((t: Translate, count: number) => string)>> = {
  aging: key('What was known before counts less, or no longer'),
  prior: key('How other providers did, by which newcomers are judged'),
  removal: key('Which trades count: links, circles, and what its buyers did elsewhere'),
  slots: (t, count) => t.count(count, 'A day of heartbeats', '{n} days of heartbeats'),
  overdue: (t, count) => t.count(count, 'A task ran past its deadline', '{n} tasks ran past their deadline'),
  outcome: (t, count) => t.count(count, 'Another word came on a task', 'Another word came on {n} tasks'),
  'outcome completed': (t, count) => t.count(count, 'A task was completed', '{n} tasks were completed'),
  'outcome disputeWon': (t, count) => t.count(count, 'A dispute was won', '{n} disputes were won'),
  'outcome failed': (t, count) => t.count(count, 'A task failed', '{n} tasks failed'),
  'outcome timedOut': (t, count) => t.count(count, 'A task timed out', '{n} tasks timed out'),
  'outcome rejected': (t, count) => t.count(count, 'A result was rejected', '{n} results were rejected'),
  'outcome disputeLost': (t, count) => t.count(count, 'A dispute was lost', '{n} disputes were lost'),
  'outcome slashed': (t, count) => t.count(count, 'A task ended in a slash', '{n} tasks ended in a slash'),
  'outcome failedByBuyer': (t, count) =>
    t.count(count, 'A task failed by its buyer', '{n} tasks failed by their buyers'),
  'outcome cancelled': (t, count) => t.count(count, 'A task was cancelled', '{n} tasks were cancelled'),
  'outcome disputed': (t, count) => t.count(count, 'A task is disputed', '{n} tasks are disputed'),
  'incident slash': (t, count) => t.count(count, 'Stake was slashed', 'Stake was slashed {n} times'),
  'incident equivocation': (t, count) =>
    t.count(count, 'Two beats for one minute on a day', 'Two beats for one minute on {n} days'),
  'incident clone': (t, count) =>
    t.count(count, 'A key was used by two machines on a day', 'A key was used by two machines on {n} days'),
  'incident counterReused': (t, count) =>
    t.count(count, 'A counter was used twice on a day', 'A counter was used twice on {n} days'),
  'incident hardware': (t, count) =>
    t.count(count, 'Hardware was not what it says on a day', 'Hardware was not what it says on {n} days'),
  'incident frozen': (t, count) => t.count(count, 'Readings stood still on a day', 'Readings stood still on {n} days'),
};
