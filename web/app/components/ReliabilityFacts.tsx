import { toCount, toMilliseconds, toShare, toUptime, toUtcMinute } from '../format.js';
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
  return <Facts className="facts-grid reliability-facts" facts={toFacts(reliability)} />;
}

function toFacts(reliability: Reliability): readonly Fact[] {
  const { maintenance, uptimeSla, coverage, lastBeat, late, rttMeanUs, rttMaxUs, utilMeanPermille } = reliability;
  return [
    { name: 'Now', value: <Presence reliability={reliability} /> },
    { name: 'Uptime, 30 days', value: <Uptime counts={reliability} />, title: toMinutes(reliability) },
    ...(maintenance === '0'
      ? []
      : [
          {
            name: 'Without maintenance',
            value: uptimeSla === null ? <NoValue reason="All that is known was maintenance" /> : toUptime(uptimeSla),
            title: `Without ${toCount(maintenance)} minutes that were announced a day ahead`,
          },
        ]),
    {
      name: 'Seen by us',
      value: coverage === null ? <NoValue reason="Nothing was due yet" /> : toShare(coverage),
      title: 'Minutes that we could see, of those in which a beat was due; the rest is unknown, for nobody',
    },
    { name: 'Last beat (UTC)', value: lastBeat === null ? <NoValue reason="No beat yet" /> : <When at={lastBeat} /> },
    {
      name: 'Round trip',
      value: rttMeanUs === null ? <NoValue reason="Not measured" /> : toMilliseconds(rttMeanUs),
      title: rttMaxUs === null ? 'From the nodes to us' : `From the nodes to us, at most ${toMilliseconds(rttMaxUs)}`,
    },
    {
      name: 'Busy',
      value: utilMeanPermille === null ? <NoValue reason="Not measured" /> : toShare(utilMeanPermille / 1_000),
      title: "GPUs, or the processors of machines without any, in the mean, by the nodes' own word",
    },
    { name: 'Late beats', value: toCount(late), title: 'They came too late to count as up' },
  ];
}

/** One node is there or not; of several it is said how many are. */
function Presence({ reliability: { nodes, nodesOnline, online } }: { readonly reliability: Reliability }) {
  return (
    <>
      <OnlineBadge online={online} />{' '}
      {nodes > 1 && nodesOnline !== null ? (
        <span className="unit">
          {toCount(nodesOnline)} of {toCount(nodes)} nodes that send
        </span>
      ) : null}
    </>
  );
}

/** "30 days up to 2026-11-21 05:00 UTC": hours that are over and settled. */
export function toWindow({ ofDays, to }: Pick<Reliability, 'ofDays' | 'to'>): string {
  return `${ofDays} days up to ${toUtcMinute(to)} UTC`;
}
