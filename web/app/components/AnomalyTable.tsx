import { toCount } from '../format.js';
import { type AnomalyFacts, toAnomalySentence } from '../toAnomalySentence.js';
import { DataTable } from './DataTable.js';
import { NetworkName, type NetworkNameProps } from './NetworkName.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface AnomalyRow extends AnomalyFacts {
  readonly id: string;
  readonly height: string;
  readonly at: string;
  readonly transaction: string;
  readonly network: NetworkNameProps['network'];
}

/** The newest of what does not fit together. */
export function AnomalyTable({
  count,
  anomalies,
}: {
  readonly count: number;
  readonly anomalies: readonly AnomalyRow[];
}) {
  return (
    <DataTable
      caption={
        count > anomalies.length ? `The newest ${toCount(anomalies.length)} of ${toCount(count)}` : 'All of them'
      }
      label="Anomalies"
      head={
        <>
          <ColumnHead>Block</ColumnHead>
          <ColumnHead>Network</ColumnHead>
          <ColumnHead>What does not fit</ColumnHead>
          <ColumnHead>Transaction</ColumnHead>
          <ColumnHead className="number">When (UTC)</ColumnHead>
        </>
      }
    >
      {anomalies.map((anomaly) => (
        <TableRow key={anomaly.id}>
          <RowHead>Block {toCount(anomaly.height)}</RowHead>
          <Cell label="Network">
            <NetworkName network={anomaly.network} />
          </Cell>
          <Cell label="What does not fit" className="sentence">
            {toAnomalySentence(anomaly)}
          </Cell>
          <Cell label="Transaction">
            <ShortId id={anomaly.transaction} />
          </Cell>
          <Cell label="When (UTC)" className="number">
            <When at={anomaly.at} recordedHeight={anomaly.network.recorded ? anomaly.height : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
