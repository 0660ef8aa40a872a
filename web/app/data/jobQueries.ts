import { graphql } from './graphql.js';
import { networkTag, networkTerms } from './networkQueries.js';
import { priceParts, usdParts } from './usdParts.js';

export const jobsQuery = graphql(
  `
    query Jobs(
      $first: Int!
      $skip: Int!
      $orderBy: JobOrderBy!
      $orderDirection: OrderDirection!
      $where: JobWhere
    ) {
      networks(first: 100) {
        ...NetworkTerms
      }
      jobs(first: $first, skip: $skip, orderBy: $orderBy, orderDirection: $orderDirection, where: $where) {
        id
        nativeId
        status
        derived
        volume
        tasksCompleted
        tasksFailed
        buyer
        createdAt
        createdHeight
        endedAt
        network {
          ...NetworkTag
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
    }
  `,
  [networkTag, networkTerms],
);

export const jobQuery = graphql(
  `
    query Job($id: ID!) {
      job(id: $id) {
        id
        nativeId
        status
        derived
        volume
        tasksCompleted
        tasksFailed
        buyer
        createdAt
        createdHeight
        deadline
        endedAt
        runsOutAt
        runOut {
          hasRunOut
          reason
        }
        paid
        attributes {
          name
          value
        }
        network {
          ...NetworkTerms
          protocol
          chain {
            name
            explorer
          }
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
        price {
          ...PriceParts
        }
        tasks(first: 201) {
          id
          index
          nativeId
          status
          derived
          startedAt
          endedAt
          attempts {
            id
            node
            at
          }
          verifications {
            id
            mechanism
            result
            node
            at
          }
        }
        steps(first: 301) {
          id
          kind
          at
          height
          transaction
          task
          node
        }
        payouts(first: 101) {
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
        }
        events(first: 201) {
          id
          name
          kind
          address
          transaction
          height
          at
          args
        }
      }
    }
  `,
  [networkTerms, priceParts, usdParts],
);

/** What the provider of a job did last, the newest first, and what it is held for. */
export const recordQuery = graphql(`
  query Record($id: ID!) {
    provider(id: $id) {
      score {
        score
        evidence
      }
      jobs(first: 101) {
        id
        status
        volume
        tasksCompleted
        tasksFailed
        createdAt
        endedAt
        attributes {
          name
          value
        }
      }
    }
  }
`);
