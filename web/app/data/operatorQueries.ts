import { graphql } from './graphql.js';
import { scoreParts } from './metricQueries.js';
import { networkTerms } from './networkQueries.js';
import { maintenanceParts } from './reliabilityQueries.js';
import { providerTag } from './scoreQueries.js';

/** What an operator wants to know of each of its providers. */
export const ownProviderParts = graphql(
  `
    fragment OwnProviderParts on Provider {
      ...ProviderTag
      owner
      active
      jobCount
      tasksCompleted
      tasksFailed
      paid
      stake
      network {
        ...NetworkTerms
        sendsHeartbeats
      }
      score {
        ...ScoreParts
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
      scoreHistory(first: 31) {
        at
        score
      }
      reliability {
        nodes
        nodesOnline
        online
        uptimeRaw
        up
        known
        expected
        days
        ofDays
        flags {
          reason
          text
          from
          to
          slots
        }
      }
      uptimeByDay(days: 31) {
        date
        up
        known
        maintenance
        maintenanceUp
      }
      maintenance(first: 6) {
        ...MaintenanceParts
      }
      operator {
        id
        memberCount
        members(first: 20) {
          provider {
            id
          }
        }
      }
    }
  `,
  [maintenanceParts, networkTerms, providerTag, scoreParts],
);

/** Providers that an account owns or is, of all networks, those with most jobs first. */
export const ownedQuery = graphql(
  `
    query Owned($owner: Bytes!, $natives: [String!]!, $first: Int!, $skip: Int!) {
      providers(
        where: { or: [{ owner: $owner }, { nativeId_in: $natives }] }
        orderBy: jobCount
        orderDirection: desc
        first: $first
        skip: $skip
      ) {
        ...OwnProviderParts
      }
    }
  `,
  [ownProviderParts],
);

/** Some providers by their ids. */
export const providersByIdQuery = graphql(
  `
    query ProvidersById($ids: [ID!]!, $first: Int!) {
      providers(where: { id_in: $ids }, orderBy: jobCount, orderDirection: desc, first: $first) {
        ...OwnProviderParts
      }
    }
  `,
  [ownProviderParts],
);

/** Providers of exactly a name. */
export const namedQuery = graphql(`
  query Named($name: String!) {
    search(text: $name, first: 50) {
      kind
      id
      title
      exactness
    }
  }
`);

export const namedProvidersQuery = graphql(
  `
    query NamedProviders($ids: [ID!]!) {
      providers(where: { id_in: $ids }, first: 50) {
        ...ProviderTag
        owner
        network {
          id
          title
        }
      }
    }
  `,
  [providerTag],
);

/** What a provider earned of late, and what goes wrong with it now. */
export const ownPastQuery = graphql(`
  query OwnPast($id: ID!) {
    paid: metricSeries(metric: "economy.payouts", subject: $id, kind: provider, last: 31) {
      points {
        from
        value
        samples
        inProgress
      }
    }
    paidUsd: metricSeries(metric: "economy.payoutsUsd", subject: $id, kind: provider, last: 31) {
      points {
        from
        value
        samples
        inProgress
      }
    }
    outages(where: { provider: $id, ended: false }, orderBy: from, orderDirection: desc, first: 6) {
      node
      from
      minutes
    }
  }
`);
