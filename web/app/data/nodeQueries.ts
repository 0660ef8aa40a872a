import { graphql } from './graphql.js';
import { networkTerms } from './networkQueries.js';
import {
  maintenanceParts,
  outageParts,
  reachParts,
  reliabilityParts,
  uptimeDayParts,
  uptimeHourParts,
  windowParts,
} from './reliabilityQueries.js';
import { priceParts } from './usdParts.js';

/** Its days, as the page draws them. */
export const nodeDaysQuery = graphql(
  `
    query NodeDays($id: ID!) {
      node(id: $id) {
        uptimeByDay(days: 90) {
          ...UptimeDayParts
        }
      }
    }
  `,
  [uptimeDayParts],
);

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
      verifications(where: { node: $id }, orderBy: at, orderDirection: desc, first: 11) {
        id
        at
        height
        mechanism
        result
        task
        job
      }
      prices(where: { node: $id }, orderBy: at, orderDirection: desc, first: 11) {
        id
        basis
        resource
        at
        height
        price {
          ...PriceParts
        }
        job {
          id
          nativeId
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
        maintenance(first: 21) {
          ...MaintenanceParts
        }
      }
    }
  `,
  [maintenanceParts, networkTerms, outageParts, priceParts, reachParts, reliabilityParts, uptimeDayParts, windowParts],
);

export const nodeDayQuery = graphql(
  `
    query NodeDay($id: ID!, $date: String!, $from: Timestamp!, $to: Timestamp!) {
      node(id: $id) {
        uptimeByHour(date: $date) {
          ...UptimeHourParts
        }
      }
      outages(where: { node: $id, from_lt: $to, to_gt: $from }, orderBy: from, orderDirection: asc, first: 100) {
        from
        to
        minutes
        ended
      }
    }
  `,
  [uptimeHourParts],
);
