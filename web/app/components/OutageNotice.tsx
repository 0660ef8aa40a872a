import { toUtcMinute } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { Rich, useText } from '../i18n/useText.js';

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
  const t = useText();
  const { outages, unheard } = status;
  const last = outages.at(-1);
  return (
    <>
      {unheard.length > 0 ? (
        <p className="notice notice-warning">
          <Rich
            text="{collector}: the fault may be on our side. These minutes count as unknown, and nobody is called silent for them."
            collector={
              <strong>
                {t('Our collector hears fewer than half of the usual nodes of {networks}', {
                  networks: unheard.join(', '),
                })}
              </strong>
            }
          />
        </p>
      ) : null}
      {last ? <PastOutages outages={outages} last={last} /> : null}
    </>
  );
}

function PastOutages({ outages, last }: { readonly outages: readonly Outage[]; readonly last: Outage }) {
  const t = useText();
  return (
    <p className={last.to === null ? 'notice notice-warning' : 'notice'}>
      <Rich
        text="{collector}: these minutes count as unknown, for nobody."
        collector={<strong>{toSentence(t, outages, last)}</strong>}
      />
      {last.to === null ? ` ${t('Who is online now cannot be said.')}` : null}
    </p>
  );
}

/** "… was down from … to …"; of several outages how many there were, and the last of them. */
function toSentence(t: Translate, outages: readonly Outage[], last: Outage): string {
  const others = outages.length - 1;
  const sum = outages.reduce((total, outage) => total + outage.minutes, 0);
  const minutes = t.count(sum, '{n} minute', '{n} minutes');
  const span = toSpan(t, last);
  if (last.to === null) {
    return others > 0
      ? t('Our collector of heartbeats has been down {span}, after {others} more in the last day ({minutes} in all)', {
          ...{ span, others, minutes },
        })
      : t('Our collector of heartbeats has been down {span}', { span });
  }
  return others > 0
    ? t('Our collector of heartbeats was down {times} times in the last day, {minutes} in all, last {span}', {
        ...{ times: outages.length, minutes, span },
      })
    : t('Our collector of heartbeats was down {span}', { span });
}

/** "from 2026-11-21 05:00 to 05:12 UTC", "since 2026-11-21 05:00 UTC". */
export function toSpan(t: Translate, { from, to }: Outage): string {
  const begin = toUtcMinute(from);
  if (to === null) return t('since {begin} UTC', { begin });
  const whole = toUtcMinute(to);
  const end = whole.slice(0, 10) === begin.slice(0, 10) ? whole.slice(11) : whole;
  return t('from {begin} to {end} UTC', { begin, end });
}
