import { toUtcMinute } from '../format.js';
import { useText } from '../i18n/useText.js';
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
  const t = useText();
  const { sendsHeartbeats, reliabilityByDay, mostReliableNodes } = network;
  const [best] = mostReliableNodes;
  return (
    <>
      <section aria-labelledby="reliability">
        <h2 id="reliability">{t('Reliability by day')}</h2>
        {!sendsHeartbeats ? (
          <EmptyState title={t('No heartbeats: this network’s nodes do not send any.')}>
            {t('Nothing is known of their uptime, for better or worse.')}
          </EmptyState>
        ) : reliabilityByDay.length === 0 ? (
          <EmptyState title={t('No hour is settled yet.')}>{t('An hour counts ten minutes after its end.')}</EmptyState>
        ) : (
          <>
            <p className="muted">
              {t('By heartbeats that nodes sign. They show that a key answers, not that a GPU works.')}
            </p>
            <OutageNotice status={status} />
            <UptimeDays
              days={reliabilityByDay}
              subject={t('all nodes of {network} that send heartbeats', { network: subject })}
              withNodes
            />
          </>
        )}
      </section>
      {sendsHeartbeats ? (
        <section aria-labelledby="reliable-nodes">
          <h2 id="reliable-nodes">{t('Most reliable nodes')}</h2>
          {best ? (
            <ReliableNodeTable
              nodes={mostReliableNodes}
              caption={t(
                'By uptime over 30 days up to {time} UTC; of equal ones that first which is known for longer. Only nodes that are known for a day at least.',
                { time: toUtcMinute(best.to) },
              )}
            />
          ) : (
            <p className="muted">{t('No node is known for a whole day yet.')}</p>
          )}
        </section>
      ) : null}
    </>
  );
}
