import { graphql } from './graphql.js';
import { scoreParts } from './metricQueries.js';
import { networkTerms } from './networkQueries.js';
import { outageParts, reachParts, reliabilityParts, uptimeDayParts, windowParts } from './reliabilityQueries.js';
import { operatorParts, removedParts } from './scoreQueries.js';
import { priceParts, usdParts } from './usdParts.js';

export const providersQuery = graphql(
  `
    query Providers(
      $first: Int!
      $skip: Int!
      $orderBy: ProviderOrderBy!
      $orderDirection: OrderDirection!
      $where: ProviderWhere
    ) {
      networks(first: 100) {
        ...NetworkTerms
      }
      gpuCatalogue {
        models {
          id
          name
        }
      }
      providers(first: $first, skip: $skip, orderBy: $orderBy, orderDirection: $orderDirection, where: $where) {
        id
        nativeId
        name
        altered {
          attribute
          fingerprint
        }
        active
        network {
          id
        }
        jobCount
        tasksCompleted
        tasksFailed
        stake
        paid
        lastActiveAt
        lastActiveHeight
        latestPrice {
          amount
          decimals
          unit
          token {
            symbol
            decimals
          }
        }
      }
    }
  `,
  [networkTerms],
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
          standing {
            percentile
            peers
          }
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
