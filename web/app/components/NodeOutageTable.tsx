import { toDuration } from '../format.js';
import { DataTable } from './DataTable.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface NodeOutage {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly ended: boolean;
}

/** When a machine was down, the latest first. */
export function NodeOutageTable({
  outages,
  caption,
}: {
  readonly outages: readonly NodeOutage[];
  readonly caption: string;
}) {
  return (
    <DataTable
      caption={caption}
      label="Outages"
      head={
        <>
          <ColumnHead>From (UTC)</ColumnHead>
          <ColumnHead>To (UTC)</ColumnHead>
          <ColumnHead
            className="number"
            title="Minutes without a beat that we could have seen; unknown ones are not among them"
          >
            Down
          </ColumnHead>
        </>
      }
    >
      {outages.map((outage) => (
        <TableRow key={outage.from}>
          <RowHead>
            <When at={outage.from} />
          </RowHead>
          <Cell label="To (UTC)">
            {outage.ended ? <When at={outage.to} /> : <span className="bad">goes on, as far as is known</span>}
          </Cell>
          <Cell label="Down" className="number">
            {toDuration(outage.minutes * 60)}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
