import { FlagList } from './FlagList.js';
import { OutageNotice, type OutageNoticeProps } from './OutageNotice.js';
import { type Reliability, ReliabilityFacts, toWindow } from './ReliabilityFacts.js';
import { type UptimeDay, UptimeDays } from './UptimeDays.js';
import { type UptimeWindow, UptimeWindows } from './UptimeWindows.js';

export interface ProviderReliabilityProps {
  /** Null where none of its nodes has ever sent a beat. */
  readonly reliability: Reliability | null;
  readonly days: readonly UptimeDay[];
  readonly windows: readonly UptimeWindow[];
  readonly status: OutageNoticeProps['status'];
  readonly subject: string;
  /** Whether any node of the network sends heartbeats. */
  readonly networkSends: boolean;
}

/** How reliable a provider was by its heartbeats, or in a line why nothing is known. */
export function ProviderReliability(props: ProviderReliabilityProps) {
  const { reliability, days, windows, status, subject, networkSends } = props;
  return (
    <section aria-labelledby="reliability">
      <h2 id="reliability">Reliability</h2>
      {reliability ? (
        <>
          <OutageNotice status={status} />
          <p className="muted lead-in">
            By heartbeats that its nodes sign, {toWindow(reliability)}. They show that a key answers, not that a GPU
            works.
          </p>
          <ReliabilityFacts reliability={reliability} />
          <FlagList flags={reliability.flags} />
          {windows.length > 0 ? <UptimeWindows windows={windows} /> : null}
          {days.length > 0 ? <UptimeDays days={days} subject={subject} withNodes={reliability.nodes > 1} /> : null}
        </>
      ) : (
        <p className="muted">
          {networkSends
            ? "No heartbeats: none of this provider's nodes sends any, though others of this network do."
            : "No heartbeats: this network's nodes do not send any."}{' '}
          Nothing is known of its uptime, for better or worse.
        </p>
      )}
    </section>
  );
}
