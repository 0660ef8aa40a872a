import { toClean, toCount, toOutcome } from '../format.js';
import { DataTable } from './DataTable.js';
import { FlagList } from './FlagList.js';
import { NoValue } from './Missing.js';
import { OnlineBadge } from './OnlineBadge.js';
import { ReachBadge, type ReachRow, ReachShare } from './ReachTable.js';
import type { Reliability } from './ReliabilityFacts.js';
import { ShortId } from './ShortId.js';
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

/** As whoever offers the machine claims it. */
export interface ClaimedGpu {
  /** Of the catalogue; null where it knows none. */
  readonly model: { readonly name: string } | null;
  readonly claimed: string | null;
  readonly count: number | null;
  readonly vramMib: number | null;
  readonly plausible: boolean | null;
  readonly reasons: readonly string[];
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
            <ShortId id={node.nativeId} />
            {node.active === false ? <span className="badge badge-quiet">inactive</span> : null}
          </RowHead>
          {withHardware ? (
            <Cell label="Machine">
              <Machine node={node} />
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

/** "8 × NVIDIA H100 80 GB, eu-west-1". */
function Machine({ node: { gpu, region } }: { readonly node: NodeRow }) {
  const place = region ? toClean(region, 40) : '';
  const parts = [gpu ? toHardware(gpu) : '', place].filter(Boolean);
  if (parts.length === 0) return <NoValue reason="Nothing said" />;
  return (
    <>
      {parts.join(', ')} {gpu ? <ClaimBadge gpu={gpu} /> : null}
    </>
  );
}

function toHardware({ model, claimed, count, vramMib }: ClaimedGpu): string {
  const named = model?.name ?? toClean(claimed ?? '', 40);
  const number = count === null ? undefined : `${toCount(count)} ×`;
  return [number, named || 'GPU of no name', vramMib ? toGigabytes(vramMib) : undefined].filter(Boolean).join(' ');
}

/** Nobody has looked into the machine: a claim is at best one that can be true. */
function ClaimBadge({ gpu: { claimed, plausible, reasons } }: { readonly gpu: ClaimedGpu }) {
  const why = reasons.map((reason) => doubts[reason] ?? toClean(reason, 40)).join('; ');
  const words = claimed ? ` Claimed: ${toClean(claimed, 120)}.` : '';
  return plausible === false ? (
    <span className="badge badge-bad" title={`This cannot be: ${why}.${words}`}>
      implausible claim
    </span>
  ) : (
    <span
      className="badge badge-quiet"
      title={`Its provider says so; nobody checked it.${why ? ` ${why}.` : ''}${words}`}
    >
      unverified claim
    </span>
  );
}

const doubts: Readonly<Record<string, string>> = {
  unknownModel: 'The catalogue knows no such GPU',
  impossibleVram: 'that model was never sold with this memory',
  contradictoryVram: 'its name says another size of memory',
  tooMany: 'more GPUs than one machine holds',
  none: 'a model, and no GPU of it',
};

function toGigabytes(mebibytes: number): string {
  return `${Math.round(mebibytes / 1_024)} GB`;
}
