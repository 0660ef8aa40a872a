import { useText } from '../i18n/useText.js';
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
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Nodes by uptime')}
      head={
        <>
          <ColumnHead>{t('Node')}</ColumnHead>
          <ColumnHead>{t('Provider')}</ColumnHead>
          <ColumnHead>{t('Now')}</ColumnHead>
          <ColumnHead className="number" title={t('Of the minutes that are known, over 30 days')}>
            {t('Uptime')}
          </ColumnHead>
          <ColumnHead title={t('They change no uptime')}>{t('Flags')}</ColumnHead>
        </>
      }
    >
      {nodes.map((node) => (
        <TableRow key={node.id}>
          <RowHead>
            <NodeName id={node.id} />
          </RowHead>
          <Cell label={t('Provider')}>
            {node.provider ? <ProviderName provider={node.provider} /> : <NoValue reason={t('Not known')} />}
          </Cell>
          <Cell label={t('Now')}>
            <OnlineBadge online={node.online} />
          </Cell>
          <Cell label={t('Uptime')} className="number">
            <Uptime counts={node} />
          </Cell>
          <Cell label={t('Flags')}>
            {node.flags.length > 0 ? <FlagList flags={node.flags} /> : <span className="muted">{t('no flag')}</span>}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
