import { useText } from '../i18n/useText.js';
import { useNow } from '../now.js';
import { DataTable } from './DataTable.js';
import { NodeName } from './NodeName.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface MaintenanceRow {
  readonly node: string;
  readonly from: string;
  readonly to: string;
  readonly announcedAt: string;
  readonly account: string;
}

/** Announced maintenance, the latest first: what is to come stands on top. */
export function MaintenanceTable({
  notices,
  caption,
  subject = '',
}: {
  readonly notices: readonly MaintenanceRow[];
  readonly caption: string;
  /** Whose it is, where a page has several. */
  readonly subject?: string;
}) {
  const t = useText();
  const now = useNow();
  return (
    <DataTable
      caption={caption}
      label={`${t('Announced maintenance')} ${subject}`.trim()}
      head={
        <>
          <ColumnHead>{t('From (UTC)')}</ColumnHead>
          <ColumnHead>{t('To (UTC)')}</ColumnHead>
          <ColumnHead>{t('Node')}</ColumnHead>
          <ColumnHead>{t('Announced (UTC)')}</ColumnHead>
          <ColumnHead>{t('Signed by')}</ColumnHead>
        </>
      }
    >
      {notices.map((notice) => (
        <TableRow key={`${notice.node} ${notice.from} ${notice.to}`}>
          <RowHead>
            <When at={notice.from} />{' '}
            {notice.from > now ? <span className="badge badge-busy">{t('to come')}</span> : null}
            {notice.from <= now && now < notice.to ? <span className="badge badge-mixed">{t('now')}</span> : null}
          </RowHead>
          <Cell label={t('To (UTC)')}>
            <When at={notice.to} />
          </Cell>
          <Cell label={t('Node')}>
            <NodeName id={notice.node} />
          </Cell>
          <Cell label={t('Announced (UTC)')}>
            <When at={notice.announcedAt} />
          </Cell>
          <Cell label={t('Signed by')}>
            <ShortId id={notice.account} copies />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
