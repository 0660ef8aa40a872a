import { graphql } from './graphql.js';
import { networkTerms } from './networkQueries.js';

export const definitionParts = graphql(`
  fragment DefinitionParts on Metric {
    id
    title
    unit
    subjects
    grains
    value
    token
    better
    definition
    formula
    methodVersion
    sources
    caveats
  }
`);

export const metricsQuery = graphql(
  `
    query Metrics {
      metrics {
        ...DefinitionParts
      }
    }
  `,
  [definitionParts],
);

/** A metric's definition, and whose figures there may be. */
export const metricQuery = graphql(
  `
    query Metric($id: ID!) {
      metric(id: $id) {
        ...DefinitionParts
      }
      networks(first: 100, orderBy: providerCount, orderDirection: desc) {
        ...NetworkTerms
      }
      gpuCatalogue {
        models {
          id
          name
        }
      }
    }
  `,
  [definitionParts, networkTerms],
);

export const metricSeriesQuery = graphql(`
  query MetricSeries($metric: ID!, $subject: ID!, $grain: MetricGrain!, $from: Timestamp, $to: Timestamp, $last: Int!) {
    metricSeries(metric: $metric, subject: $subject, grain: $grain, from: $from, to: $to, last: $last) {
      kind
      subject
      asOfBlock
      asOfTime
      points {
        from
        to
        value
        numerator
        denominator
        samples
        inProgress
        reason
      }
    }
  }
`);

/** Figures of networks, of all that they have of a class of hardware or of a region, with how sure they are. */
export const metricMarketQuery = graphql(`
  query MetricOfMarket(
    $metrics: [ID!]!
    $networks: [ID!]
    $hardware: String
    $region: String
    $interval: MarketInterval!
    $from: Timestamp
    $to: Timestamp
  ) {
    market(
      metrics: $metrics
      networks: $networks
      hardware: $hardware
      region: $region
      interval: $interval
      from: $from
      to: $to
    ) {
      series {
        kind
        subject
        reason
        asOfBlock
        asOfTime
        network {
          id
        }
        metric {
          id
        }
        points {
          from
          to
          value
          numerator
          denominator
          low
          high
          coverage
          samples
          inProgress
          reason
        }
      }
    }
  }
`);

/** Why a reputation is another one than it was. */
export const explanationQuery = graphql(`
  query Explanation($provider: ID!, $from: Timestamp!, $to: Timestamp!) {
    scoreExplanation(provider: $provider, from: $from, to: $to) {
      from
      to
      before
      after
      points
      causes(first: 1000) {
        component
        kind
        what
        points
        jobId
      }
    }
  }
`);

/** A reputation and what it is made of. */
export const scoreParts = graphql(`
  fragment ScoreParts on Score {
    at
    score
    evidence
    evidenceWeight
    buyersEffective
    methodVersion
    parts {
      name
      value
      pointsLost
    }
  }
`);
