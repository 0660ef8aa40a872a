import { graphql } from './graphql.js';
import { networkTerms } from './networkQueries.js';
import { outageParts, reachParts, reliabilityParts, uptimeDayParts, windowParts } from './reliabilityQueries.js';

export const nodeQuery = graphql(
  `
    query Node($id: ID!) {
      heartbeatStatus {
        ...OutageParts
      }
      metricWindows(subject: $id, kind: node) {
        ...WindowParts
      }
      outages(where: { node: $id }, orderBy: from, orderDirection: desc, first: 21) {
        from
        to
        minutes
        ended
      }
      attempts(where: { node: $id }, orderBy: at, orderDirection: desc, first: 11) {
        id
        at
        height
        task
        job {
          id
          nativeId
          status
          derived
        }
      }
      node(id: $id) {
        id
        nativeId
        active
        region
        uri
        createdAt
        createdHeight
        altered {
          attribute
          fingerprint
        }
        terms {
          name
          value
        }
        gpu {
          model {
            name
          }
          claimed
          count
          vramMib
          plausible
          reasons
          catalogueVersion
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
        network {
          ...NetworkTerms
          protocol
          sendsHeartbeats
        }
        reliability {
          ...ReliabilityParts
        }
        reachability {
          ...ReachParts
        }
        uptimeByDay(days: 90) {
          ...UptimeDayParts
        }
      }
    }
  `,
  [networkTerms, outageParts, reachParts, reliabilityParts, uptimeDayParts, windowParts],
);
