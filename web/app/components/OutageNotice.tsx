import { toCounted, toUtcMinute } from '../format.js';

export interface Outage {
  readonly from: string;
  /** Null while it goes on. */
  readonly to: string | null;
  readonly minutes: number;
}

export interface OutageNoticeProps {
  readonly status: {
    /** Null where no observer has ever been. */
    readonly down: boolean | null;
    readonly outages: readonly Outage[];
    /** Networks of which far fewer nodes are heard now than usual. */
    readonly unheard: readonly string[];
  };
}

/** When we cannot see, or could not in the last day: said wherever uptime is shown. Nothing where we see and always could. */
export function OutageNotice({ status }: OutageNoticeProps) {
  const { outages, unheard } = status;
  const last = outages.at(-1);
  return (
    <>
      {unheard.length > 0 ? (
        <p className="notice notice-warning">
          <strong>Our collector hears fewer than half of the usual nodes of {unheard.join(', ')}</strong>: the fault may
          be on our side. These minutes count as unknown, and nobody is called silent for them.
        </p>
      ) : null}
      {last ? <PastOutages outages={outages} last={last} /> : null}
    </>
  );
}

function PastOutages({ outages, last }: { readonly outages: readonly Outage[]; readonly last: Outage }) {
  return (
    <p className={last.to === null ? 'notice notice-warning' : 'notice'}>
      <strong>Our collector of heartbeats {toSentence(outages, last)}</strong>: these minutes count as unknown, for
      nobody.{last.to === null ? ' Who is online now cannot be said.' : null}
    </p>
  );
}

/** "was down from … to …"; of several outages how many there were, and the last of them. */
function toSentence(outages: readonly Outage[], last: Outage): string {
  const others = outages.length - 1;
  const minutes = toCounted(
    outages.reduce((total, outage) => total + outage.minutes, 0),
    'minute',
  );
  if (last.to === null) {
    const before = others > 0 ? `, after ${others} more in the last day (${minutes} in all)` : '';
    return `has been down ${toSpan(last)}${before}`;
  }
  return others > 0
    ? `was down ${outages.length} times in the last day, ${minutes} in all, last ${toSpan(last)}`
    : `was down ${toSpan(last)}`;
}

/** "from 2026-11-21 05:00 to 05:12 UTC", "since 2026-11-21 05:00 UTC". */
export function toSpan({ from, to }: Outage): string {
  const begin = toUtcMinute(from);
  if (to === null) return `since ${begin} UTC`;
  const end = toUtcMinute(to);
  return `from ${begin} to ${end.slice(0, 10) === begin.slice(0, 10) ? end.slice(11) : end} UTC`;
}
