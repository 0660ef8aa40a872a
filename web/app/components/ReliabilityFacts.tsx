import { toCount, toMilliseconds, toShare, toUptime, toUtcMinute } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { type Fact, Facts } from './Facts.js';
import type { Flag } from './FlagList.js';
import { NoValue } from './Missing.js';
import { OnlineBadge } from './OnlineBadge.js';
import { toMinutes, Uptime, type UptimeCounts } from './Uptime.js';
import { When } from './When.js';

export interface Reliability extends UptimeCounts {
  readonly maintenance: string;
  readonly maintenanceUp: string;
  readonly uptimeSla: number | null;
  readonly coverage: number | null;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly ofDays: number;
  readonly nodes: number;
  readonly nodesOnline: number | null;
  readonly online: boolean | null;
  readonly lastBeat: string | null;
  readonly late: string;
  readonly rttMeanUs: number | null;
  readonly rttMaxUs: number | null;
  readonly utilMeanPermille: number | null;
  readonly flags: readonly Flag[];
}

/** What heartbeats of thirty days come to. */
export function ReliabilityFacts({ reliability }: { readonly reliability: Reliability }) {
  return <Facts className="facts-grid reliability-facts" facts={toFacts(useText(), reliability)} />;
}

function toFacts(t: Translate, reliability: Reliability): readonly Fact[] {
  const { maintenance, uptimeSla, coverage, lastBeat, late, rttMeanUs, rttMaxUs, utilMeanPermille } = reliability;
  return [
    { name: t('Now'), value: <Presence reliability={reliability} /> },
    { name: t('Uptime, 30 days'), value: <Uptime counts={reliability} />, title: toMinutes(t, reliability) },
    ...(maintenance === '0'
      ? []
      : [
          {
            name: t('Without maintenance'),
            value:
              uptimeSla === null ? <NoValue reason={t('All that is known was maintenance')} /> : toUptime(uptimeSla),
            title: t('Without {minutes} minutes that were announced a day ahead', { minutes: toCount(maintenance) }),
          },
        ]),
    {
      name: t('Seen by us'),
      value: coverage === null ? <NoValue reason={t('Nothing was due yet')} /> : toShare(coverage),
      title: t('Minutes that we could see, of those in which a beat was due; the rest is unknown, for nobody'),
    },
    {
      name: t('Last beat (UTC)'),
      value: lastBeat === null ? <NoValue reason={t('No beat yet')} /> : <When at={lastBeat} />,
    },
    {
      name: t('Round trip'),
      value: rttMeanUs === null ? <NoValue reason={t('Not measured')} /> : toMilliseconds(rttMeanUs),
      title:
        rttMaxUs === null
          ? t('From the nodes to us')
          : t('From the nodes to us, at most {most}', { most: toMilliseconds(rttMaxUs) }),
    },
    {
      name: t('Busy'),
      value: utilMeanPermille === null ? <NoValue reason={t('Not measured')} /> : toShare(utilMeanPermille / 1_000),
      title: t("GPUs, or the processors of machines without any, in the mean, by the nodes' own word"),
    },
    { name: t('Late beats'), value: toCount(late), title: t('They came too late to count as up') },
  ];
}

/** One node is there or not; of several it is said how many are. */
function Presence({ reliability: { nodes, nodesOnline, online } }: { readonly reliability: Reliability }) {
  const t = useText();
  return (
    <>
      <OnlineBadge online={online} />{' '}
      {nodes > 1 && nodesOnline !== null ? (
        <span className="unit">
          {t('{online} of {nodes} nodes that send', { online: toCount(nodesOnline), nodes: toCount(nodes) })}
        </span>
      ) : null}
    </>
  );
}

/** "30 days up to 2026-11-21 05:00 UTC": hours that are over and settled. */
export function toWindow(t: Translate, { ofDays, to }: Pick<Reliability, 'ofDays' | 'to'>): string {
  return t('{days} days up to {time} UTC', { days: ofDays, time: toUtcMinute(to) });
}
