import { toCount, toOutcome } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface NodeRow {
  readonly id: string;
  readonly nativeId: string;
  readonly attempts: string;
  readonly accepted: string;
  readonly rejected: string;
  readonly lastActiveAt: string;
}

export interface NodeTableProps {
  readonly caption: string;
  readonly nodes: readonly NodeRow[];
  readonly recorded: boolean;
}

export function NodeTable({ caption, nodes, recorded }: NodeTableProps) {
  return (
    <DataTable
      caption={caption}
      label="Nodes"
      head={
        <>
          <ColumnHead>Node</ColumnHead>
          <ColumnHead className="number" title="Tasks it was assigned">
            Attempts
          </ColumnHead>
          <ColumnHead className="number" title="Of its results that were judged">
            Accepted
          </ColumnHead>
          <ColumnHead className="number">Rejected</ColumnHead>
          <ColumnHead className="number">Last active (UTC)</ColumnHead>
        </>
      }
    >
      {nodes.map((node) => (
        <TableRow key={node.id}>
          <RowHead>
            <ShortId id={node.nativeId} />
          </RowHead>
          <Cell label="Attempts" className="number">
            {toCount(node.attempts)}
          </Cell>
          <Cell label="Accepted" className="number">
            <Accepted node={node} />
          </Cell>
          <Cell label="Rejected" className="number">
            <span className={node.rejected === '0' ? undefined : 'bad'}>{toCount(node.rejected)}</span>
          </Cell>
          <Cell label="Last active (UTC)" className="number">
            {recorded ? <NoValue reason="Recorded without times" /> : <When at={node.lastActiveAt} />}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

/** Not every attempt is judged: the number says of how many it is. */
function Accepted({ node }: { readonly node: NodeRow }) {
  const outcome = toOutcome(node.accepted, node.rejected);
  return outcome ? <span className="nowrap">{outcome} judged</span> : <NoValue reason="No verdict yet" />;
}
