import { toUtcMinute } from '../format.js';
import { EmptyState } from './EmptyState.js';
import { OutageNotice, type OutageNoticeProps } from './OutageNotice.js';
import { type ReliableNode, ReliableNodeTable } from './ReliableNodeTable.js';
import { type UptimeDay, UptimeDays } from './UptimeDays.js';

export interface NetworkReliabilityProps {
  readonly network: {
    readonly sendsHeartbeats: boolean;
    readonly reliabilityByDay: readonly UptimeDay[];
    readonly mostReliableNodes: readonly (ReliableNode & { readonly to: string })[];
  };
  readonly status: OutageNoticeProps['status'];
  readonly subject: string;
}

/** A network's reliability by day and its best nodes, or why nothing is known. */
export function NetworkReliability({ network, status, subject }: NetworkReliabilityProps) {
  const { sendsHeartbeats, reliabilityByDay, mostReliableNodes } = network;
  const [best] = mostReliableNodes;
  return (
    <>
      <section aria-labelledby="reliability">
        <h2 id="reliability">Reliability by day</h2>
        {!sendsHeartbeats ? (
          <EmptyState title="No heartbeats: this network's nodes do not send any.">
            Nothing is known of their uptime, for better or worse.
          </EmptyState>
        ) : reliabilityByDay.length === 0 ? (
          <EmptyState title="No hour is settled yet.">An hour counts ten minutes after its end.</EmptyState>
        ) : (
          <>
            <OutageNotice status={status} />
            <UptimeDays days={reliabilityByDay} subject={`all nodes of ${subject} that send heartbeats`} withNodes />
          </>
        )}
      </section>
      {sendsHeartbeats ? (
        <section aria-labelledby="reliable-nodes">
          <h2 id="reliable-nodes">Most reliable nodes</h2>
          {best ? (
            <ReliableNodeTable
              nodes={mostReliableNodes}
              caption={`By uptime over 30 days up to ${toUtcMinute(best.to)} UTC; of equal ones that first which is known for longer. Only nodes that are known for a day at least.`}
            />
          ) : (
            <p className="muted">No node is known for a whole day yet.</p>
          )}
        </section>
      ) : null}
    </>
  );
}
