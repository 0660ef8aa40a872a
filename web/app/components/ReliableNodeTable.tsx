import type { Altered } from './CleanedMark.js';
import { DataTable } from './DataTable.js';
import { type Flag, FlagList } from './FlagList.js';
import { NoValue } from './Missing.js';
import { NodeName } from './NodeName.js';
import { OnlineBadge } from './OnlineBadge.js';
import { ProviderName } from './ProviderName.js';

import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { Uptime, type UptimeCounts } from './Uptime.js';

export interface ReliableNode extends UptimeCounts {
  readonly id: string;
  readonly nativeId: string;
  readonly days: number;
  readonly ofDays: number;
  readonly online: boolean | null;
  readonly flags: readonly Flag[];
  readonly provider: {
    readonly id: string;
    readonly nativeId: string;
    readonly name: string | null;
    readonly altered: readonly Altered[];
  } | null;
}

/** The best nodes of a network by their uptime. */
export function ReliableNodeTable({
  nodes,
  caption,
}: {
  readonly nodes: readonly ReliableNode[];
  readonly caption: string;
}) {
  return (
    <DataTable
      caption={caption}
      label="Nodes by uptime"
      head={
        <>
          <ColumnHead>Node</ColumnHead>
          <ColumnHead>Provider</ColumnHead>
          <ColumnHead>Now</ColumnHead>
          <ColumnHead className="number" title="Of the minutes that are known, over 30 days">
            Uptime
          </ColumnHead>
          <ColumnHead title="They change no uptime">Flags</ColumnHead>
        </>
      }
    >
      {nodes.map((node) => (
        <TableRow key={node.id}>
          <RowHead>
            <NodeName id={node.id} />
          </RowHead>
          <Cell label="Provider">
            {node.provider ? <ProviderName provider={node.provider} /> : <NoValue reason="Not known" />}
          </Cell>
          <Cell label="Now">
            <OnlineBadge online={node.online} />
          </Cell>
          <Cell label="Uptime" className="number">
            <Uptime counts={node} />
          </Cell>
          <Cell label="Flags">
            {node.flags.length > 0 ? <FlagList flags={node.flags} /> : <span className="muted">none</span>}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
