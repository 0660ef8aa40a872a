import { toCount, toUtcMinute } from '../format.js';
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
}: {
  readonly explanation: ScoreExplanation;
  /** Of the heading: a page may have several. */
  readonly id?: string;
}) {
  const { from, to, before, after, points, changes, rest } = explanation;
  const title = `What changed since ${isWeek(from, to) ? 'a week ago' : toUtcMinute(from).slice(0, 10)}`;
  return (
    <>
      <h3 id={id}>{title}</h3>
      {changes.length === 0 && rest === null ? (
        <p className="muted">
          Nothing: it is {toPoints(after)} as on {toUtcMinute(from)}.
        </p>
      ) : (
        <DataTable
          caption={
            <>
              From {toPoints(before)} points on {toUtcMinute(from)} to {toPoints(after)} now:{' '}
              <span title={points}>{toPointsMoved(points)}</span>. The lines add up to it
            </>
          }
          label={title}
          className="score-changes"
          head={
            <>
              <ColumnHead>What happened</ColumnHead>
              <ColumnHead>Part</ColumnHead>
              <ColumnHead className="number">Points</ColumnHead>
              <ColumnHead>Jobs</ColumnHead>
            </>
          }
        >
          {changes.map((change) => (
            <Change key={`${change.component} ${change.kind} ${change.what}`} change={change} />
          ))}
          {rest === null ? null : (
            <TableRow>
              <RowHead>Everything else</RowHead>
              <Cell label="Part" />
              <Cell label="Points" className="number">
                <span title={rest}>{toPointsMoved(rest)}</span>
              </Cell>
              <Cell label="Jobs" />
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
  const { component, points, jobIds, count } = change;
  return (
    <TableRow>
      <RowHead>{toWords(change)}</RowHead>
      <Cell label="Part">{partTitles[component] ?? component}</Cell>
      <Cell label="Points" className="number">
        <span title={points}>{toPointsMoved(points)}</span>
      </Cell>
      <Cell label="Jobs">
        {jobIds.map((id) => (
          <span key={id}>
            <Link to={`/jobs/${encodeURIComponent(id)}`}>
              <ShortPublicId id={id} />
            </Link>{' '}
          </span>
        ))}
        {jobIds.length > 0 && count > jobIds.length ? <span className="age">and others</span> : null}
      </Cell>
    </TableRow>
  );
}

function toWords({ kind, what, count }: ScoreChange): string {
  const word = words[`${kind} ${what}`] ?? words[kind];
  if (!word) return what === null ? kind : `${kind}: ${what}`;
  const [one, many] = word;
  return count === 1 || many === undefined ? one : many.replace('#', toCount(count));
}

/** Of one, and of several; of what is no single thing there is one only. */
const words: Readonly<Record<string, readonly [one: string, many?: string]>> = {
  aging: ['What was known before counts less, or no longer'],
  prior: ['How other providers did, by which newcomers are judged'],
  removal: ['Which trades count: links, circles, and what its buyers did elsewhere'],
  slots: ['A day of heartbeats', '# days of heartbeats'],
  overdue: ['A task ran past its deadline', '# tasks ran past their deadline'],
  outcome: ['Another word came on a task', 'Another word came on # tasks'],
  'outcome completed': ['A task was completed', '# tasks were completed'],
  'outcome disputeWon': ['A dispute was won', '# disputes were won'],
  'outcome failed': ['A task failed', '# tasks failed'],
  'outcome timedOut': ['A task timed out', '# tasks timed out'],
  'outcome rejected': ['A result was rejected', '# results were rejected'],
  'outcome disputeLost': ['A dispute was lost', '# disputes were lost'],
  'outcome slashed': ['A task ended in a slash', '# tasks ended in a slash'],
  'outcome failedByBuyer': ['A task failed by its buyer', '# tasks failed by their buyers'],
  'outcome cancelled': ['A task was cancelled', '# tasks were cancelled'],
  'outcome disputed': ['A task is disputed', '# tasks are disputed'],
  'incident slash': ['Stake was slashed', 'Stake was slashed # times'],
  'incident equivocation': ['Two beats for one minute on a day', 'Two beats for one minute on # days'],
  'incident clone': ['A key was used by two machines on a day', 'A key was used by two machines on # days'],
  'incident counterReused': ['A counter was used twice on a day', 'A counter was used twice on # days'],
  'incident hardware': ['Hardware was not what it says on a day', 'Hardware was not what it says on # days'],
  'incident frozen': ['Readings stood still on a day', 'Readings stood still on # days'],
};
