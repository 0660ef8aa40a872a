import { graphql } from './graphql.js';
import { networkTag } from './networkQueries.js';

const definitionParts = graphql(`
  fragment DefinitionParts on Metric {
    id
    title
    unit
    subjects
    grains
    value
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
      networks(first: 100) {
        ...NetworkTag
      }
    }
  `,
  [definitionParts, networkTag],
);

export const metricSeriesQuery = graphql(`
  query MetricSeries($metric: ID!, $subject: ID!, $grain: MetricGrain!, $last: Int!) {
    metricSeries(metric: $metric, subject: $subject, grain: $grain, last: $last) {
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
