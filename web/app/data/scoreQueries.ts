import { graphql } from './graphql.js';
import { scoreParts } from './metricQueries.js';
import { networkTag } from './networkQueries.js';

export const providerTag = graphql(`
  fragment ProviderTag on Provider {
    id
    nativeId
    name
    altered {
      attribute
      fingerprint
    }
  }
`);

/** Whom a provider acts as one with, by which acts of theirs, and the reputation of all of them. */
export const operatorParts = graphql(
  `
    fragment OperatorParts on Operator {
      id
      memberCount
      members(first: 20) {
        provider {
          ...ProviderTag
        }
        links {
          account
          reason
          since
        }
      }
      score {
        at
        score
        evidence
      }
    }
  `,
  [providerTag],
);

export const removedParts = graphql(`
  fragment RemovedParts on RemovedTrade {
    day
    buyer
    reason
  }
`);

/** What formulas of others show of a provider's history, beside its reputation here. */
export const othersQuery = graphql(
  `
    query Others($id: ID!) {
      metricSeries(metric: "score.reputation", subject: $id, kind: provider, last: 1) {
        asOfBlock
        asOfTime
      }
      provider(id: $id) {
        ...ProviderTag
        network {
          ...NetworkTag
        }
        score {
          ...ScoreParts
        }
        otherFormulas {
          id
          title
          value
          unit
          verdict
          reason
          inputs {
            name
            value
          }
          assumes
          note
          source
          ours
        }
      }
    }
  `,
  [networkTag, providerTag, scoreParts],
);

/** A page of a network's trades that speak for nobody. */
export const removedQuery = graphql(
  `
    query Removed($id: ID!, $first: Int!, $skip: Int!) {
      network(id: $id) {
        ...NetworkTag
        removedTrades(first: $first, skip: $skip) {
          ...RemovedParts
          provider {
            ...ProviderTag
          }
        }
      }
    }
  `,
  [networkTag, providerTag, removedParts],
);

/** What share of what was paid on each of some days went between those who are one, or round in circles. */
export const washShareQuery = graphql(`
  query WashShare($network: ID!, $from: Timestamp!, $to: Timestamp!) {
    metricSeries(metric: "economy.washShare", subject: $network, kind: network, from: $from, to: $to, last: 1000) {
      points {
        from
        value
      }
    }
  }
`);
