import type { ReactNode } from 'react';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { useKept } from '../keptMoment.js';
import { withKept } from '../moment.js';
import { ChartFile } from './ChartFile.js';
import { FlagList } from './FlagList.js';
import { KeptFields, Link } from './Link.js';
import { OutageNotice, type OutageNoticeProps } from './OutageNotice.js';
import { type Reliability, ReliabilityFacts, toWindow } from './ReliabilityFacts.js';
import { type UptimeDay, UptimeDays } from './UptimeDays.js';
import { type UptimeHour, UptimeHours } from './UptimeHours.js';
import { type UptimeWindow, UptimeWindows } from './UptimeWindows.js';

export interface HeartbeatReliabilityProps {
  readonly kind: keyof typeof words;
  readonly id: string;
  /** Null where no beat was ever sent. */
  readonly reliability: Reliability | null;
  readonly days: readonly UptimeDay[];
  readonly windows: readonly UptimeWindow[];
  readonly status: OutageNoticeProps['status'];
  readonly subject: string;
  /** Whether any node of the network sends heartbeats. */
  readonly networkSends: boolean;
  /** How many days the strip shows, by the URL. */
  readonly length: number;
  /** The day that is looked into; null: none. */
  readonly day: { readonly date: string; readonly hours: readonly UptimeHour[] } | null;
  /** Outages, and whatever else belongs to it. */
  readonly children?: ReactNode;
}

const words = {
  provider: {
    signed: key('By heartbeats that its nodes sign, {window}. They show that a key answers, not that a GPU works.'),
    silent: key(
      "No heartbeats: none of this provider's nodes sends any, though others of this network do. Nothing is known of its uptime, for better or worse.",
    ),
  },
  node: {
    signed: key('By heartbeats that it signs, {window}. They show that a key answers, not that a GPU works.'),
    silent: key(
      'No heartbeats: this node does not send any, though others of its network do. Nothing is known of its uptime, for better or worse.',
    ),
  },
} as const;

/** How reliable a provider or a node was by heartbeats, down to the minute, or in a line why nothing is known. */
export function HeartbeatReliability(props: HeartbeatReliabilityProps) {
  const { kind, reliability, windows, status, networkSends, children } = props;
  const t = useText();
  return (
    <section aria-labelledby="reliability">
      <h2 id="reliability">{t('Reliability')}</h2>
      {reliability ? (
        <>
          <OutageNotice status={status} />
          <p className="muted lead-in">{t(words[kind].signed, { window: toWindow(t, reliability) })}</p>
          <ReliabilityFacts reliability={reliability} />
          <FlagList flags={reliability.flags} />
          {windows.length > 0 ? <UptimeWindows windows={windows} /> : null}
          <Days {...props} withNodes={reliability.nodes > 1} />
          {children}
        </>
      ) : (
        <p className="muted">
          {networkSends
            ? t(words[kind].silent)
            : t(
                "No heartbeats: this network's nodes do not send any. Nothing is known of its uptime, for better or worse.",
              )}
        </p>
      )}
    </section>
  );
}

function Days(props: HeartbeatReliabilityProps & { readonly withNodes: boolean }) {
  const { kind, id, days, subject, length, day, withNodes } = props;
  const t = useText();
  const kept = useKept();
  const shown = days.slice(-length);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  return (
    <>
      <UptimeDays
        days={shown}
        subject={subject}
        withNodes={withNodes}
        length={length}
        toDayHref={(date) => withKept(`?days=${length}&day=${date}#uptime-day`, kept)}
      />
      <ChartFile path={`/${kind}s/${encodeURIComponent(id)}/uptime.csv`} of="uptimeByDay" />
      <div className="strip-choices">
        <nav aria-label={t('How many days')} className="choices">
          {[30, 90].map((choice) =>
            choice === length ? (
              <strong key={choice}>{t('{days} days', { days: choice })}</strong>
            ) : (
              <Link key={choice} to={`?days=${choice}#reliability`} preventScrollReset>
                {t('{days} days', { days: choice })}
              </Link>
            ),
          )}
        </nav>
        <form method="get" action="#uptime-day" className="filters" key={day?.date}>
          <label>
            <span>{t('Hours and minutes of')}</span>
            <input
              type="date"
              name="day"
              min={first.date}
              max={last.date}
              defaultValue={day?.date ?? last.date}
              required
            />
          </label>
          <input type="hidden" name="days" value={length} />
          <KeptFields />
          <button type="submit">{t('Show')}</button>
        </form>
      </div>
      {day ? (
        <div className="uptime-day">
          <h3 id="uptime-day">{t('Hours and minutes of {date}', { date: day.date })}</h3>
          <UptimeHours date={day.date} hours={day.hours} />
        </div>
      ) : null}
    </>
  );
}
