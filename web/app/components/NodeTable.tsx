import { toCount, toOutcome } from '../format.js';
import { DataTable } from './DataTable.js';
import { FlagList } from './FlagList.js';
import { type ClaimedGpu, Machine } from './Machine.js';
import { NoValue } from './Missing.js';
import { NodeName } from './NodeName.js';
import { OnlineBadge } from './OnlineBadge.js';
import { ReachBadge, type ReachRow, ReachShare } from './ReachTable.js';
import type { Reliability } from './ReliabilityFacts.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { Uptime } from './Uptime.js';
import { When } from './When.js';

export interface NodeRow {
  readonly id: string;
  readonly nativeId: string;
  readonly active: boolean | null;
  readonly region: string | null;
  readonly gpu: ClaimedGpu | null;
  readonly attempts: string;
  readonly accepted: string;
  readonly rejected: string;
  /** Null while it has done nothing. */
  readonly lastActiveAt: string | null;
  /** By its heartbeats; null where it has never sent any. */
  readonly reliability: Reliability | null;
  /** By probes of ours; empty where nobody asks it. */
  readonly reachability: readonly ReachRow[];
}

export interface NodeTableProps {
  readonly caption: string;
  readonly nodes: readonly NodeRow[];
  readonly recorded: boolean;
}

export function NodeTable({ caption, nodes, recorded }: NodeTableProps) {
  // Most protocols say nothing of their machines: an empty column would only cost room.
  const withHardware = nodes.some(({ gpu, region }) => gpu || region);
  const withBeats = nodes.some(({ reliability }) => reliability);
  const withReach = nodes.some(({ reachability }) => reachability.length > 0);
  return (
    <DataTable
      caption={caption}
      label="Nodes"
      head={
        <>
          <ColumnHead>Node</ColumnHead>
          {withHardware ? <ColumnHead title="As its provider claims it">Machine</ColumnHead> : null}
          {withBeats ? (
            <>
              <ColumnHead title="By its heartbeats">Now</ColumnHead>
              <ColumnHead className="number" title="Of the minutes that are known, over 30 days">
                Uptime
              </ColumnHead>
            </>
          ) : null}
          {withReach ? <ColumnHead title="When our probes asked, over 30 days">Reachable</ColumnHead> : null}
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
            <NodeName id={node.id} />
            {node.active === false ? <span className="badge badge-quiet">inactive</span> : null}
          </RowHead>
          {withHardware ? (
            <Cell label="Machine">
              <Machine gpu={node.gpu} region={node.region} />
            </Cell>
          ) : null}
          {withBeats ? <Beats reliability={node.reliability} /> : null}
          {withReach ? (
            <Cell label="Reachable">
              <Reach rows={node.reachability} />
            </Cell>
          ) : null}
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

function Beats({ reliability }: Pick<NodeRow, 'reliability'>) {
  const none = <NoValue reason="No heartbeats: it does not send any" />;
  return (
    <>
      <Cell label="Now" className="beats">
        {reliability ? (
          <>
            <OnlineBadge online={reliability.online} />
            <FlagList flags={reliability.flags} />
          </>
        ) : (
          none
        )}
      </Cell>
      <Cell label="Uptime" className="number">
        {reliability ? <Uptime counts={reliability} /> : none}
      </Cell>
    </>
  );
}

function Reach({ rows }: { readonly rows: readonly ReachRow[] }) {
  if (rows.length === 0) return <NoValue reason="It names no address that we could ask" />;
  return rows.map((row) => (
    <span key={row.probe} className="stacked" title={row.probe}>
      <ReachBadge reach={row} />
      <ReachShare reach={row} />
    </span>
  ));
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
