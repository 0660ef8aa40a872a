import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import type { LeavingDowntime } from '../toLeavingDowntime.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { partTitles, toPointsMoved } from './points.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface Improvement {
  readonly kind: string;
  readonly component: string | null;
  readonly points: string | null;
  readonly count: number | null;
}

export interface ScoreImprovementsProps {
  readonly improvements: readonly Improvement[];
  readonly downtime: readonly LeavingDowntime[];
  /** Whose they are, where a page has several. */
  readonly subject?: string;
}

/** What an operator can do about a score, and what time will do by itself; only what follows of the score's own inputs. */
export function ScoreImprovements({ improvements, downtime, subject = '' }: ScoreImprovementsProps) {
  const t = useText();
  const toWords = useWords();
  if (improvements.length === 0 && downtime.length === 0) {
    return <p className="muted">{t('Nothing follows from what is kept of it.')}</p>;
  }
  return (
    <>
      {improvements.length > 0 ? (
        <DataTable
          caption={t('Each by itself, all else being as it is: gains do not add up')}
          label={`${t('Ways to raise the score')} ${subject}`.trim()}
          className="improvements"
          head={
            <>
              <ColumnHead>{t('What')}</ColumnHead>
              <ColumnHead>{t('Part')}</ColumnHead>
              <ColumnHead className="number">{t('Points, at most')}</ColumnHead>
            </>
          }
        >
          {improvements.map((improvement) => (
            <TableRow key={`${improvement.kind} ${improvement.component}`}>
              <RowHead>{toWords(improvement)}</RowHead>
              <Cell label={t('Part')}>
                {improvement.component === null ? t('Several') : t(partTitles[improvement.component] ?? '')}
              </Cell>
              <Cell label={t('Points, at most')} className="number">
                {improvement.points === null ? (
                  <NoValue reason={t('Not to be said beforehand')} />
                ) : (
                  <span title={improvement.points}>{toPointsMoved(improvement.points)}</span>
                )}
              </Cell>
            </TableRow>
          ))}
        </DataTable>
      ) : null}
      {downtime.length > 0 ? <LeavingTable downtime={downtime} subject={subject} /> : null}
    </>
  );
}

function LeavingTable({ downtime, subject }: Required<Omit<ScoreImprovementsProps, 'improvements'>>) {
  const t = useText();
  return (
    <DataTable
      caption={t(
        'Downtime without announced maintenance counts for thirty days; what leaves the window next comes first',
      )}
      label={`${t('Downtime that leaves by itself')} ${subject}`.trim()}
      className="day-table leaving"
      head={
        <>
          <ColumnHead>{t('Day (UTC)')}</ColumnHead>
          <ColumnHead className="number">{t('Down')}</ColumnHead>
          <ColumnHead className="number">{t('Leaves the 30 days on')}</ColumnHead>
        </>
      }
    >
      {downtime.map(({ date, minutes, leaves }) => (
        <TableRow key={date}>
          <RowHead>{date}</RowHead>
          <Cell label={t('Down')} className="number">
            {t('{minutes} min', { minutes })}
          </Cell>
          <Cell label={t('Leaves the 30 days on')} className="number">
            {leaves}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function useWords() {
  const t = useText();
  return ({ kind, component, count }: Improvement): string => {
    if (kind === 'deliveries') {
      return t.count(
        count ?? 0,
        '{n} more task delivered in time',
        '{n} more tasks delivered in time, for buyers that count',
      );
    }
    if (kind === 'streak') {
      return t.count(
        count ?? 0,
        '{n} task without a failure: then the last failures are no streak any more',
        '{n} tasks in a row without a failure: then the last failures are no streak any more',
      );
    }
    if (kind === 'evidence') {
      return t('Evidence of {count} more in weight, before older evidence fades: the next grade', {
        count: count ?? 0,
      });
    }
    if (kind === 'heartbeats')
      return t('Heartbeats: nothing is heard of its machines, so the lower quarter of its peers stands for them');
    return t(wholes[component ?? ''] ?? '');
  };
}

const wholes: Readonly<Record<string, string>> = {
  availability: key('Machines that are never down: all that this part costs'),
  jobSuccess: key('Tasks that never fail, and evidence without end: all that this part costs'),
  promise: key('Deadlines that are always kept: all that this part costs'),
  integrity: key('No incident, and evidence without end: all that this part costs'),
};
