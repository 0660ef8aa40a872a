import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { NodeName } from './NodeName.js';
import { ShortId } from './ShortId.js';
import { DERIVED_REASON, StatusBadge } from './StatusBadge.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface TaskRow {
  readonly id: string;
  readonly index: number;
  readonly nativeId: string;
  readonly status: string;
  /** Failed by the job's deadline; the chain does not say so. */
  readonly derived: boolean;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly attempts: readonly { readonly id: string; readonly node: string | null }[];
  readonly verifications: readonly {
    readonly id: string;
    readonly mechanism: string;
    readonly result: string;
    readonly node: string | null;
  }[];
}

export interface TaskTableProps {
  readonly caption: string;
  readonly tasks: readonly TaskRow[];
  readonly recorded: boolean;
}

/** Words that the chain's own come to; another one is shown as it is. */
export const verdicts = [key('accepted'), key('rejected')];

export function TaskTable({ caption, tasks, recorded }: TaskTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Tasks')}
      head={
        <>
          <ColumnHead>{t('Task')}</ColumnHead>
          <ColumnHead>{t('Status')}</ColumnHead>
          <ColumnHead>{t('Worked on by')}</ColumnHead>
          <ColumnHead>{t('Verified')}</ColumnHead>
          <ColumnHead className="number">{t('Started (UTC)')}</ColumnHead>
          <ColumnHead className="number">{t('Ended (UTC)')}</ColumnHead>
        </>
      }
    >
      {tasks.map((task) => (
        <TableRow key={task.id}>
          <RowHead>
            <span className="nowrap">
              {task.index} <ShortId id={task.nativeId} copies />
            </span>
          </RowHead>
          <Cell label={t('Status')}>
            <StatusBadge status={task.status} derived={task.derived} />
          </Cell>
          <Cell label={t('Worked on by')}>
            <Attempts attempts={task.attempts} />
          </Cell>
          <Cell label={t('Verified')}>
            <Verdicts verifications={task.verifications} />
          </Cell>
          <Cell label={t('Started (UTC)')} className="number">
            <Moment at={task.startedAt} recorded={recorded} absent={t('Not started')} />
          </Cell>
          <Cell label={t('Ended (UTC)')} className="number">
            <Moment at={task.endedAt} recorded={recorded} absent={task.derived ? t(DERIVED_REASON) : t('Not ended')} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

interface MomentProps {
  readonly at: string | null;
  readonly recorded: boolean;
  readonly absent: string;
}

function Moment({ at, recorded, absent }: MomentProps) {
  const t = useText();
  if (recorded) return <NoValue reason={t('Recorded without times')} />;
  return at ? <When at={at} /> : <NoValue reason={absent} />;
}

function Attempts({ attempts }: { readonly attempts: TaskRow['attempts'] }) {
  const t = useText();
  if (attempts.length === 0) return <NoValue reason={t('Nobody yet')} />;
  return (
    <ul className="plain">
      {attempts.map((attempt) => (
        <li key={attempt.id}>{attempt.node ? <NodeName id={attempt.node} /> : t('node not named')}</li>
      ))}
    </ul>
  );
}

function Verdicts({ verifications }: { readonly verifications: TaskRow['verifications'] }) {
  const t = useText();
  if (verifications.length === 0) return <NoValue reason={t('No verdict yet')} />;
  return (
    <ul className="plain">
      {verifications.map((verification) => (
        <li key={verification.id}>
          <span className={verification.result === 'rejected' ? 'bad' : undefined} title={verification.mechanism}>
            {verification.node ? null : `${toClean(verification.mechanism, 24)} `}
            {t(toClean(verification.result, 24))}
          </span>
          {verification.node ? (
            <>
              {': '}
              <NodeName id={verification.node} />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
