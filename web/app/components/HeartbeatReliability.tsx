import { FlagList } from './FlagList.js';
import { OutageNotice, type OutageNoticeProps } from './OutageNotice.js';
import { type Reliability, ReliabilityFacts, toWindow } from './ReliabilityFacts.js';
import { type UptimeDay, UptimeDays } from './UptimeDays.js';
import { type UptimeWindow, UptimeWindows } from './UptimeWindows.js';

export interface HeartbeatReliabilityProps {
  readonly kind: keyof typeof words;
  /** Null where no beat was ever sent. */
  readonly reliability: Reliability | null;
  readonly days: readonly UptimeDay[];
  readonly windows: readonly UptimeWindow[];
  readonly status: OutageNoticeProps['status'];
  readonly subject: string;
  /** Whether any node of the network sends heartbeats. */
  readonly networkSends: boolean;
}

const words = {
  provider: {
    signed: 'its nodes sign',
    silent: "none of this provider's nodes sends any, though others of this network do",
  },
  node: { signed: 'it signs', silent: 'this node does not send any, though others of its network do' },
} as const;

/** How reliable a provider or a node was by heartbeats, or in a line why nothing is known. */
export function HeartbeatReliability(props: HeartbeatReliabilityProps) {
  const { kind, reliability, days, windows, status, subject, networkSends } = props;
  return (
    <section aria-labelledby="reliability">
      <h2 id="reliability">Reliability</h2>
      {reliability ? (
        <>
          <OutageNotice status={status} />
          <p className="muted lead-in">
            By heartbeats that {words[kind].signed}, {toWindow(reliability)}. They show that a key answers, not that a
            GPU works.
          </p>
          <ReliabilityFacts reliability={reliability} />
          <FlagList flags={reliability.flags} />
          {windows.length > 0 ? <UptimeWindows windows={windows} /> : null}
          {days.length > 0 ? <UptimeDays days={days} subject={subject} withNodes={reliability.nodes > 1} /> : null}
        </>
      ) : (
        <p className="muted">
          {networkSends
            ? `No heartbeats: ${words[kind].silent}.`
            : "No heartbeats: this network's nodes do not send any."}{' '}
          Nothing is known of its uptime, for better or worse.
        </p>
      )}
    </section>
  );
}
