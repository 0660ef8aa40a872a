import { graphql } from './graphql.js';
import { networkTag } from './networkQueries.js';

/** What heartbeats of a node or a provider come to, as tables and facts show it. */
export const reliabilityParts = graphql(`
  fragment ReliabilityParts on Reliability {
    up
    known
    expected
    maintenance
    maintenanceUp
    uptimeRaw
    uptimeSla
    coverage
    from
    to
    days
    ofDays
    nodes
    nodesOnline
    online
    lastBeat
    late
    rttMeanUs
    rttMaxUs
    utilMeanPermille
    flags {
      reason
      text
      from
      to
      slots
    }
  }
`);

/** An hour of a day, with a letter for each minute. */
export const uptimeHourParts = graphql(`
  fragment UptimeHourParts on UptimeHour {
    from
    nodes
    up
    known
    expected
    uptimeRaw
    minutes
  }
`);

export const maintenanceParts = graphql(`
  fragment MaintenanceParts on Maintenance {
    node
    from
    to
    announcedAt
    account
  }
`);

export const reachParts = graphql(`
  fragment ReachParts on Reachability {
    probe
    targets
    targetsReached
    asked
    known
    reached
    reachedShare
    coverage
    days
    ofDays
    lastReached
    latencyMeanUs
    latencyMaxUs
  }
`);

export const uptimeDayParts = graphql(`
  fragment UptimeDayParts on UptimeDay {
    date
    nodes
    up
    known
    expected
    maintenance
    maintenanceUp
    uptimeRaw
    inProgress
  }
`);

/** Windows of a subject with their bounds. */
export const windowParts = graphql(`
  fragment WindowParts on MetricWindow {
    days
    to
    nodes
    up
    known
    expected
    coverage
    uptime
    lower
    effectiveN
    failures
    repairs
    mtbfSeconds
    mtbfLowerSeconds
    mtbfUpperSeconds
    mttrSeconds
    mttrExposureSeconds
    longestOutageSeconds
  }
`);

/** When nobody could see: every page that shows uptime says so. */
export const outageParts = graphql(`
  fragment OutageParts on HeartbeatStatus {
    down
    unheard
    outages {
      from
      to
      minutes
    }
  }
`);

export const networkReliabilityQuery = graphql(
  `
    query NetworkReliability($id: ID!) {
      heartbeatStatus {
        ...OutageParts
      }
      network(id: $id) {
        ...NetworkTag
        sendsHeartbeats
        reliabilityByDay(days: 90) {
          ...UptimeDayParts
        }
        mostReliableNodes(first: 20) {
          id
          nativeId
          up
          known
          expected
          uptimeRaw
          days
          ofDays
          to
          online
          flags {
            reason
            text
            from
            to
            slots
          }
          provider {
            id
            nativeId
            name
            altered {
              attribute
              fingerprint
            }
          }
        }
      }
    }
  `,
  [networkTag, outageParts, uptimeDayParts],
);
