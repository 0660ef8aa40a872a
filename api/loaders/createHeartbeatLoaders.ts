import type { Database } from '../database/createDatabase.js';
import type { Generation } from '../database/createGenerations.js';
import { BEAT_MINUTES, listBeatCounts } from '../domains/heartbeat/collectorQueries.js';
import { type FlagRow, listFlags } from '../domains/heartbeat/flagQueries.js';
import { type HourRow, listNotices, listUptimeByHour, type NoticeRow } from '../domains/heartbeat/hourQueries.js';
import { listPresence, type PresenceRow } from '../domains/heartbeat/presenceQueries.js';
import { listReadings, type ReadingRow } from '../domains/heartbeat/readingQueries.js';
import { listReliability, type ReliabilityRow } from '../domains/heartbeat/reliabilityQueries.js';
import { listSeen } from '../domains/heartbeat/seenQueries.js';
import { listMostReliableNodes } from '../domains/heartbeat/standingQueries.js';
import type { Subject } from '../domains/heartbeat/subjects.js';
import { toClosedSlot, toFirstPresenceSlot } from '../domains/heartbeat/toPresence.js';
import type { SubjectWindow } from '../domains/heartbeat/toReliability.js';
import {
  type DayRow,
  listNetworkDays,
  listSendingNetworks,
  listUptimeByDay,
} from '../domains/heartbeat/uptimeQueries.js';
import { toSpan, toToday, toWeekAgo } from '../domains/heartbeat/windows.js';
import { listReach, type ReachRow } from '../domains/reach/reachQueries.js';
import { byId } from './byId.js';
import { byParent } from './byParent.js';
import { bySubject } from './bySubject.js';
import { once } from './once.js';
import { sharedOnce } from './shared.js';

/** Whoever stays silent is asked at least once an hour. */
const REACH_MINUTES = 120;

/** All of a request look back from the same moment. */
export function createHeartbeatLoaders(
  database: Database,
  { now, take }: { readonly now: Date; readonly take: () => Generation | undefined },
) {
  const [fromSlot, toSlot] = [toFirstPresenceSlot(now), toClosedSlot(now)];
  return {
    reliability: bySubject<SubjectWindow, ReliabilityRow>(({ like: { kind, window }, ids }) =>
      listReliability(database, { kind, ids, span: toSpan(window, now) }),
    ),
    readings: bySubject<SubjectWindow, ReadingRow>(({ like: { kind, window }, ids }) =>
      listReadings(database, { kind, ids, span: toSpan(window, now) }),
    ),
    uptimeByDay: bySubject<Subject & { readonly days: number }, DayRow>(({ like: { kind, days }, ids }) =>
      listUptimeByDay(database, { kind, ids, fromDay: toToday(now) + 1 - days }),
    ),
    uptimeByHour: bySubject<Subject & { readonly day: number }, HourRow>(({ like: { kind, day }, ids }) =>
      listUptimeByHour(database, { kind, ids, day }),
    ),
    maintenance: bySubject<Subject & { readonly first: number }, NoticeRow>(({ like: { kind, first }, ids }) =>
      listNotices(database, { kind, ids, first }),
    ),
    presence: bySubject<Subject, PresenceRow>(({ like: { kind }, ids }) =>
      listPresence(database, { kind, ids, hour: toSpan('h24', now).toHour }),
    ),
    flags: bySubject<SubjectWindow, FlagRow>(({ like: { kind, window }, ids }) =>
      listFlags(database, { kind, ids, fromHour: toSpan(window, now).fromHour }),
    ),
    reach: bySubject<SubjectWindow, ReachRow>(({ like: { kind, window }, ids }) =>
      listReach(database, {
        ...{ kind, ids, fromHour: toSpan(window, now).fromHour, latencyHour: toSpan('h24', now).fromHour },
        sinceSlot: toSlot - REACH_MINUTES,
      }),
    ),
    // Every open hour of every node is counted for it.
    seen: sharedOnce(`seen ${fromSlot} ${toSlot}`, take, () => listSeen(database, { fromSlot, toSlot })),
    beatCounts: once(() => listBeatCounts(database, { fromSlot: toSlot + 1 - BEAT_MINUTES, toSlot })),
    daysOfNetwork: byParent((keys) => listNetworkDays(database, keys, toToday(now))),
    reliableNodesOfNetwork: byParent((keys) => listMostReliableNodes(database, keys, toWeekAgo(now))),
    sendingNetwork: byId((ids: readonly string[]) => listSendingNetworks(database, ids)),
  };
}
