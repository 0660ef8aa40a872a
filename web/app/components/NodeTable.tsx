import { toClean, toCount, toOutcome } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface NodeRow {
  readonly id: string;
  readonly nativeId: string;
  readonly active: boolean | null;
  readonly region: string | null;
  readonly gpuModel: string | null;
  readonly gpuCount: number | null;
  readonly vramMb: number | null;
  readonly attempts: string;
  readonly accepted: string;
  readonly rejected: string;
  /** Null while it has done nothing. */
  readonly lastActiveAt: string | null;
}

export interface NodeTableProps {
  readonly caption: string;
  readonly nodes: readonly NodeRow[];
  readonly recorded: boolean;
}

export function NodeTable({ caption, nodes, recorded }: NodeTableProps) {
  // Most protocols say nothing of their machines: an empty column would only cost room.
  const withHardware = nodes.some((node) => toHardware(node) !== undefined);
  return (
    <DataTable
      caption={caption}
      label="Nodes"
      head={
        <>
          <ColumnHead>Node</ColumnHead>
          {withHardware ? <ColumnHead title="As its provider claims it">Machine</ColumnHead> : null}
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
            {node.active === false ? <span className="badge badge-quiet">inactive</span> : null}
          </RowHead>
          {withHardware ? <Cell label="Machine">{toHardware(node) ?? <NoValue reason="Nothing said" />}</Cell> : null}
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
            <LastActive at={node.lastActiveAt} recorded={recorded} />
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

function LastActive({ at, recorded }: { readonly at: string | null; readonly recorded: boolean }) {
  if (at === null) return <NoValue reason="No work yet" />;
  return recorded ? <NoValue reason="Recorded without times" /> : <When at={at} />;
}

/** "8 × H100 80 GB, eu-west-1"; undefined where nothing is known. */
function toHardware({ gpuModel, gpuCount, vramMb, region }: NodeRow): string | undefined {
  const model = gpuModel === null ? undefined : toClean(gpuModel, 40);
  const count = gpuCount === null ? undefined : `${toCount(gpuCount)} ×`;
  const memory = vramMb === null ? undefined : toGigabytes(vramMb);
  const gpu = model ? [count, model, memory].filter(Boolean).join(' ') : undefined;
  const parts = [gpu, region === null ? undefined : toClean(region, 40)].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : undefined;
}

function toGigabytes(mebibytes: number): string {
  return `${Math.round(mebibytes / 1_024)} GB`;
}
