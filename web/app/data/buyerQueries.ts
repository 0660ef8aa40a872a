import { graphql } from './graphql.js';
import { networkTerms } from './networkQueries.js';

/** What a buyer may choose among. */
const choiceParts = graphql(`
  fragment ChoiceParts on Query {
    gpuCatalogue {
      models {
        id
        name
      }
    }
  }
`);

export const buyerChoicesQuery = graphql(
  `
    query BuyerChoices {
      ...ChoiceParts
      networks(first: 100) {
        ...NetworkTerms
        regions
      }
    }
  `,
  [choiceParts, networkTerms],
);

/** A provider by its names, with what a list says of each. */
const providerTag = graphql(`
  fragment ProviderTag on Provider {
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
  }
`);

export const providersQuery = graphql(
  `
    query Providers(
      $first: Int!
      $skip: Int!
      $orderBy: ProviderOrderBy!
      $orderDirection: OrderDirection!
      $where: ProviderWhere
    ) {
      ...ChoiceParts
      networks(first: 100) {
        ...NetworkTerms
        regions
      }
      providers(first: $first, skip: $skip, orderBy: $orderBy, orderDirection: $orderDirection, where: $where) {
        ...ProviderTag
        jobCount
        tasksCompleted
        tasksFailed
        stake
        paid
        lastActiveAt
        lastActiveHeight
        score {
          score
          evidence
          evidenceWeight
        }
        window(days: 30) {
          lower
          coverage
        }
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
  [choiceParts, networkTerms, providerTag],
);

const hourPrice = graphql(`
  fragment HourPrice on GpuHourPrice {
    usd
    usdReason
    inToken
    at
    samples
    probed
    token {
      symbol
    }
  }
`);

const leftOutParts = graphql(
  `
    fragment LeftOutParts on LeftOutProvider {
      id
      provider {
        ...ProviderTag
      }
      reasons {
        code
        expected
        got
      }
    }
  `,
  [providerTag],
);

export const rankingQuery = graphql(
  `
    query Ranking($workload: Workload!, $first: Int!, $after: String, $leftOutAfter: ID) {
      rankProviders(workload: $workload, first: $first, after: $after, leftOutAfter: $leftOutAfter) {
        totalCount
        rankedCount
        excludedCount
        offlineCount
        notEnoughDataCount
        formula
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          rank
          id
          rankedBy
          expectedCostPerSuccessfulHour
          expectedCostPerSuccessfulHourInToken
          totalCost
          totalCostInToken
          price {
            basis
          }
          advertised {
            ...HourPrice
          }
          bid {
            ...HourPrice
          }
          settled {
            ...HourPrice
          }
          success {
            lower
            basis
            attempts
            succeeded
          }
          availability {
            lower
            coverage
            nodes
          }
          score
          evidence
          capacity {
            gpus
            freeGpus
            availableNow
            regions
          }
          provider {
            ...ProviderTag
            stake
            lastActiveAt
            lastActiveHeight
          }
        }
        reasonCounts {
          code
          group
          providers
        }
        notEnoughData {
          ...LeftOutParts
        }
        offline {
          ...LeftOutParts
        }
        excluded {
          ...LeftOutParts
        }
      }
    }
  `,
  [hourPrice, leftOutParts, providerTag],
);

/** Which of some ids anybody knows. */
export const knownProvidersQuery = graphql(`
  query KnownProviders($ids: [ID!]!) {
    providers(first: 4, where: { id_in: $ids }) {
      id
    }
  }
`);

export const comparisonQuery = graphql(
  `
    query Comparison($ids: [ID!]!) {
      gpuCatalogue {
        models {
          id
          name
        }
      }
      metrics {
        id
        token
      }
      compare(ids: $ids) {
        differing
        providers {
          ...ProviderTag
          network {
            ...NetworkTerms
          }
        }
        rows {
          id
          group
          title
          unit
          definition
          caveats
          better
          best
          differ
          comparable
          values {
            provider
            value
            text
            samples
            at
            reason
            caveat
          }
        }
      }
    }
  `,
  [networkTerms, providerTag],
);

/** Providers by what somebody typed. */
export const findProvidersQuery = graphql(`
  query FindProviders($text: String!) {
    search(text: $text, first: 20) {
      kind
      id
      title
      subtitle
    }
  }
`);
