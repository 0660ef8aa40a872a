import { toCount, toOutcome } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
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
          <th scope="col">Node</th>
          <th scope="col" className="number" title="Tasks it was assigned">
            Attempts
          </th>
          <th scope="col" className="number" title="Of all verdicts on its results">
            Accepted
          </th>
          <th scope="col" className="number">
            Rejected
          </th>
          <th scope="col" className="number">
            Last active (UTC)
          </th>
        </>
      }
    >
      {nodes.map((node) => (
        <tr key={node.id}>
          <th scope="row">
            <ShortId id={node.nativeId} />
          </th>
          <td className="number">{toCount(node.attempts)}</td>
          <td className="number">{toOutcome(node.accepted, node.rejected) ?? <NoValue reason="No verdict yet" />}</td>
          <td className="number">
            <span className={node.rejected === '0' ? undefined : 'bad'}>{toCount(node.rejected)}</span>
          </td>
          <td className="number">
            {recorded ? <NoValue reason="Recorded without times" /> : <When at={node.lastActiveAt} />}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
