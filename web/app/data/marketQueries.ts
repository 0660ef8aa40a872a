import { graphql } from './graphql.js';
import { networkTerms } from './networkQueries.js';

export const marketQuery = graphql(`
  query Market($network: ID!, $hardware: String, $interval: MarketInterval!, $metrics: [ID!]!) {
    market(network: $network, hardware: $hardware, interval: $interval, metrics: $metrics) {
      from
      to
      series {
        subject
        reason
        asOfBlock
        asOfTime
        metric {
          id
          title
          unit
          token
          value
          better
          definition
        }
        points {
          from
          value
          low
          high
          samples
          coverage
          inProgress
          reason
        }
      }
    }
  }
`);

export const marketChoicesQuery = graphql(
  `
    query MarketChoices {
      networks(first: 100, orderBy: providerCount, orderDirection: desc) {
        ...NetworkTerms
      }
      metrics {
        id
        subjects
        grains
      }
      gpuCatalogue {
        models {
          id
          name
        }
      }
    }
  `,
  [networkTerms],
);
