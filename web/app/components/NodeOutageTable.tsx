import { toDuration } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NodeName } from './NodeName.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface NodeOutage {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly ended: boolean;
  /** Given where they are of several. */
  readonly node?: string;
}

/** When a machine was down, the latest first. */
export function NodeOutageTable({
  outages,
  caption,
  label,
}: {
  readonly outages: readonly NodeOutage[];
  readonly caption: string;
  /** Of the table, where a page has several. */
  readonly label?: string;
}) {
  const t = useText();
  const withNode = outages.some(({ node }) => node !== undefined);
  return (
    <DataTable
      caption={caption}
      label={label ?? t('Outages')}
      head={
        <>
          <ColumnHead>{t('From (UTC)')}</ColumnHead>
          <ColumnHead>{t('To (UTC)')}</ColumnHead>
          {withNode ? <ColumnHead>{t('Node')}</ColumnHead> : null}
          <ColumnHead
            className="number"
            title={t('Minutes without a beat that we could have seen; unknown ones are not among them')}
          >
            {t('Down')}
          </ColumnHead>
        </>
      }
    >
      {outages.map((outage) => (
        <TableRow key={`${outage.from} ${outage.node}`}>
          <RowHead>
            <When at={outage.from} />
          </RowHead>
          <Cell label={t('To (UTC)')}>
            {outage.ended ? <When at={outage.to} /> : <span className="bad">{t('goes on, as far as is known')}</span>}
          </Cell>
          {withNode ? <Cell label={t('Node')}>{outage.node ? <NodeName id={outage.node} /> : null}</Cell> : null}
          <Cell label={t('Down')} className="number">
            {toDuration(outage.minutes * 60)}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
