import { graphql } from './graphql.js';
import { scoreParts } from './metricQueries.js';
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
import { operatorParts, removedParts } from './scoreQueries.js';
import { priceParts, usdParts } from './usdParts.js';

/** Its scores by day, as the page draws them. */
export const providerScoresQuery = graphql(`
  query ProviderScores($id: ID!) {
    provider(id: $id) {
      scoreHistory(first: 91) {
        at
        score
      }
    }
  }
`);

/** Its days, as the page draws them. */
export const providerDaysQuery = graphql(
  `
    query ProviderDays($id: ID!) {
      provider(id: $id) {
        uptimeByDay(days: 90) {
          ...UptimeDayParts
        }
      }
    }
  `,
  [uptimeDayParts],
);

export const providerQuery = graphql(
  `
    query Provider($id: ID!) {
      heartbeatStatus {
        ...OutageParts
      }
      metricWindows(subject: $id, kind: provider) {
        ...WindowParts
      }
      provider(id: $id) {
        id
        nativeId
        owner
        name
        uri
        altered {
          attribute
          fingerprint
        }
        active
        createdAt
        createdHeight
        lastActiveAt
        lastActiveHeight
        terms {
          name
          value
        }
        jobCount
        tasksCompleted
        tasksFailed
        stake
        stakeRewarded
        stakeSlashed
        paid
        network {
          ...NetworkTerms
          protocol
          sendsHeartbeats
          chain {
            name
          }
        }
        score {
          ...ScoreParts
          removedShare
          detail
          standing {
            percentile
            peers
          }
          improvements {
            kind
            component
            points
            count
          }
        }
        capacity {
          model {
            id
            name
          }
          machines
          gpus
          onlineGpus
          freeGpus
        }
        buyers {
          jobs
          buyers
          effective
          top {
            buyer
            jobs
          }
        }
        maintenance(first: 21) {
          ...MaintenanceParts
        }
        operator {
          ...OperatorParts
        }
        removedTrades(first: 11) {
          ...RemovedParts
        }
        scoreHistory(first: 91) {
          at
          score
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
        latestPrice {
          ...PriceParts
        }
        jobs(first: 10) {
          id
          nativeId
          status
          derived
          volume
          tasksCompleted
          tasksFailed
          createdAt
          createdHeight
          price {
            amount
            decimals
            unit
            token {
              symbol
              decimals
            }
          }
        }
        payouts(first: 10) {
          id
          recipient
          role
          amount
          at
          height
          transaction
          token {
            symbol
            decimals
          }
          usd {
            ...UsdParts
          }
          job {
            id
            nativeId
          }
        }
        stakeChanges(first: 10) {
          id
          account
          kind
          amount
          delta
          at
          height
          transaction
          token {
            symbol
            decimals
          }
        }
        prices(first: 100) {
          basis
          resource
          node
          source
          at
          observedAt
          freshness
          sourceUrl
          attributes {
            name
            value
          }
          price {
            ...PriceParts
          }
        }
        nodes(first: 100) {
          id
          nativeId
          active
          region
          gpu {
            model {
              name
            }
            claimed
            count
            vramMib
            plausible
            reasons
          }
          attempts
          accepted
          rejected
          lastActiveAt
          reliability {
            ...ReliabilityParts
          }
          reachability {
            ...ReachParts
          }
        }
      }
    }
  `,
  [
    networkTerms,
    maintenanceParts,
    operatorParts,
    outageParts,
    priceParts,
    reachParts,
    reliabilityParts,
    removedParts,
    scoreParts,
    uptimeDayParts,
    usdParts,
    windowParts,
  ],
);

export const pastPriceParts = graphql(`
  fragment PastPriceParts on ChainPrice {
    basis
    resource
    at
    price {
      amount
      decimals
      unit
      token {
        symbol
        decimals
      }
      usdPerGpuHour {
        value
      }
    }
  }
`);

/** What became of a provider over time: outages, prices on each basis, what it earned. */
export const providerPastQuery = graphql(
  `
    query ProviderPast($id: ID!, $days: Int!) {
      outages(where: { provider: $id }, orderBy: from, orderDirection: desc, first: 21) {
        node
        from
        to
        minutes
        ended
      }
      advertised: prices(where: { provider: $id, basis: "advertised" }, orderBy: at, orderDirection: desc, first: 100) {
        ...PastPriceParts
      }
      bid: prices(where: { provider: $id, basis: "bid" }, orderBy: at, orderDirection: desc, first: 50) {
        ...PastPriceParts
      }
      settled: prices(where: { provider: $id, basis: "settled" }, orderBy: at, orderDirection: desc, first: 100) {
        ...PastPriceParts
      }
      paid: metricSeries(metric: "economy.payouts", subject: $id, kind: provider, last: $days) {
        points {
          from
          value
          samples
          inProgress
        }
      }
      paidUsd: metricSeries(metric: "economy.payoutsUsd", subject: $id, kind: provider, last: $days) {
        points {
          from
          value
          samples
          inProgress
        }
      }
      payouts(where: { provider: $id }, orderBy: at, orderDirection: desc, first: 200) {
        at
        transaction
      }
    }
  `,
  [pastPriceParts],
);

/** The hours of one day of a provider or of a node, and the outages that reach into it. */
export const providerDayQuery = graphql(
  `
    query ProviderDay($id: ID!, $date: String!, $from: Timestamp!, $to: Timestamp!) {
      provider(id: $id) {
        uptimeByHour(date: $date) {
          ...UptimeHourParts
        }
      }
      outages(where: { provider: $id, from_lt: $to, to_gt: $from }, orderBy: from, orderDirection: asc, first: 100) {
        node
        from
        to
        minutes
        ended
      }
    }
  `,
  [uptimeHourParts],
);

/** All that the API tells of a provider itself, without its lists: what its page links as JSON. */
export const providerRecordQuery = graphql(`
  query ProviderRecord($id: ID!) {
    provider(id: $id) {
      id
      nativeId
      owner
      name
      uri
      altered {
        attribute
        fingerprint
      }
      active
      createdAt
      createdHeight
      lastActiveAt
      lastActiveHeight
      terms {
        name
        value
      }
      jobCount
      tasksCompleted
      tasksFailed
      stake
      stakeRewarded
      stakeSlashed
      paid
      network {
        id
        title
        protocol
        recorded
        notice
        workToken {
          symbol
          decimals
        }
        stakeToken {
          symbol
          decimals
        }
      }
      score {
        at
        score
        evidence
        evidenceWeight
        buyersEffective
        removedShare
        methodVersion
        parts {
          name
          value
          pointsLost
        }
        standing {
          percentile
          peers
          below
          equal
        }
        detail
      }
      reliability {
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
        nodes
        nodesOnline
        online
        lastBeat
      }
      capacity {
        model {
          id
        }
        machines
        gpus
        onlineGpus
        freeGpus
      }
    }
  }
`);
