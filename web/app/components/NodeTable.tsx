import { toCount, toOutcome } from '../format.js';
import { useText } from '../i18n/useText.js';
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
  const t = useText();
  // Most protocols say nothing of their machines: an empty column would only cost room.
  const withHardware = nodes.some(({ gpu, region }) => gpu || region);
  const withBeats = nodes.some(({ reliability }) => reliability);
  const withReach = nodes.some(({ reachability }) => reachability.length > 0);
  return (
    <DataTable
      caption={caption}
      label={t('Nodes')}
      head={
        <>
          <ColumnHead>{t('Node')}</ColumnHead>
          {withHardware ? <ColumnHead title={t('As its provider claims it')}>{t('Machine')}</ColumnHead> : null}
          {withBeats ? (
            <>
              <ColumnHead title={t('By its heartbeats')}>{t('Now')}</ColumnHead>
              <ColumnHead className="number" title={t('Of the minutes that are known, over 30 days')}>
                {t('Uptime')}
              </ColumnHead>
            </>
          ) : null}
          {withReach ? (
            <ColumnHead title={t('When our probes asked, over 30 days')}>{t('Reachable')}</ColumnHead>
          ) : null}
          <ColumnHead className="number" title={t('Tasks it was assigned')}>
            {t('Attempts')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Of its results that were judged')}>
            {t('Accepted')}
          </ColumnHead>
          <ColumnHead className="number">{t('Rejected')}</ColumnHead>
          <ColumnHead className="number">{t('Last active (UTC)')}</ColumnHead>
        </>
      }
    >
      {nodes.map((node) => (
        <TableRow key={node.id}>
          <RowHead>
            <NodeName id={node.id} />
            {node.active === false ? <span className="badge badge-quiet">{t('inactive')}</span> : null}
          </RowHead>
          {withHardware ? (
            <Cell label={t('Machine')}>
              <Machine gpu={node.gpu} region={node.region} />
            </Cell>
          ) : null}
          {withBeats ? <Beats reliability={node.reliability} /> : null}
          {withReach ? (
            <Cell label={t('Reachable')}>
              <Reach rows={node.reachability} />
            </Cell>
          ) : null}
          <Cell label={t('Attempts')} className="number">
            {toCount(node.attempts)}
          </Cell>
          <Cell label={t('Accepted')} className="number">
            <Accepted node={node} />
          </Cell>
          <Cell label={t('Rejected')} className="number">
            <span className={node.rejected === '0' ? undefined : 'bad'}>{toCount(node.rejected)}</span>
          </Cell>
          <Cell label={t('Last active (UTC)')} className="number">
            <LastActive at={node.lastActiveAt} recorded={recorded} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function Beats({ reliability }: Pick<NodeRow, 'reliability'>) {
  const t = useText();
  const none = <NoValue reason={t('No heartbeats: it does not send any')} />;
  return (
    <>
      <Cell label={t('Now')} className="beats">
        {reliability ? (
          <>
            <OnlineBadge online={reliability.online} />
            <FlagList flags={reliability.flags} />
          </>
        ) : (
          none
        )}
      </Cell>
      <Cell label={t('Uptime')} className="number">
        {reliability ? <Uptime counts={reliability} /> : none}
      </Cell>
    </>
  );
}

function Reach({ rows }: { readonly rows: readonly ReachRow[] }) {
  const t = useText();
  if (rows.length === 0) return <NoValue reason={t('It names no address that we could ask')} />;
  return rows.map((row) => (
    <span key={row.probe} className="stacked" title={row.probe}>
      <ReachBadge reach={row} />
      <ReachShare reach={row} />
    </span>
  ));
}

/** Not every attempt is judged: the number says of how many it is. */
function Accepted({ node }: { readonly node: NodeRow }) {
  const t = useText();
  const outcome = toOutcome(node.accepted, node.rejected);
  return outcome ? (
    <span className="nowrap">{t('{outcome} judged', { outcome })}</span>
  ) : (
    <NoValue reason={t('No verdict yet')} />
  );
}

function LastActive({ at, recorded }: { readonly at: string | null; readonly recorded: boolean }) {
  const t = useText();
  if (at === null) return <NoValue reason={t('No work yet')} />;
  return recorded ? <NoValue reason={t('Recorded without times')} /> : <When at={at} />;
}
