import { graphql } from './graphql.js';
import { definitionParts } from './metricQueries.js';
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

const seriesParts = graphql(`
  fragment SeriesParts on MarketSeries {
    subject
    hardware
    reason
    asOfBlock
    asOfTime
    network {
      id
    }
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
      numerator
      denominator
      low
      high
      samples
      coverage
      inProgress
      reason
    }
  }
`);

/** Figures of some networks by day, and of each class of hardware that they have. */
export const overviewQuery = graphql(
  `
    query Overview($networks: [ID!]!, $metrics: [ID!]!, $ofHardware: [ID!]!, $withHardware: Boolean!) {
      market(networks: $networks, interval: day, metrics: $metrics) {
        series {
          ...SeriesParts
        }
      }
      hardware: market(networks: $networks, interval: day, everyHardware: true, metrics: $ofHardware)
        @include(if: $withHardware) {
        series {
          ...SeriesParts
        }
      }
    }
  `,
  [seriesParts],
);

/** Figures of a chart or of tiles with all that a file says of them. */
export const figuresFileQuery = graphql(
  `
    query FiguresFile(
      $metrics: [ID!]!
      $networks: [ID!]!
      $hardware: String
      $everyHardware: Boolean!
      $interval: MarketInterval!
    ) {
      market(
        metrics: $metrics
        networks: $networks
        hardware: $hardware
        everyHardware: $everyHardware
        interval: $interval
      ) {
        series {
          kind
          subject
          asOfBlock
          asOfTime
          network {
            notice
          }
          metric {
            ...DefinitionParts
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
  `,
  [definitionParts],
);

/** What is asked for a GPU-hour now. */
export const askBookQuery = graphql(`
  query AskBook($network: ID!, $hardware: String) {
    askBook(network: $network, hardware: $hardware) {
      asks
      gpus
      freeGpus
      floor
      median
      notThere
      withoutUsd
      withoutAsk
      at
      buckets {
        from
        to
        asks
        gpus
      }
      byHardware {
        hardware
        asks
        gpus
        floor
        median
        highest
      }
    }
  }
`);

/** The newest changes of a network's rules. */
export const parameterChangesQuery = graphql(`
  query ParameterChanges($network: ID!, $first: Int!) {
    parameterChanges(where: { network: $network }, first: $first, orderBy: at, orderDirection: desc) {
      id
      name
      value
      at
      height
      transaction
    }
  }
`);

/** What buyers asked for in vain. */
export const unservedQuery = graphql(`
  query Unserved($network: ID!, $from: Timestamp!, $to: Timestamp!) {
    unservedDemand(network: $network, from: $from, to: $to, interval: week) {
      recorded
      reason
      bids
      withoutEnd
      points(first: 100) {
        from
        to
        inProgress
        hardware
        resource
        unit
        bids
        quantity
        lowestBid
        medianBid
        highestBid
        asked
        askedMetric
        token {
          symbol
        }
      }
    }
  }
`);

/** Prices of each class of hardware by day, and those that are held beside each other over time. */
export const hardwarePricesQuery = graphql(
  `
    query HardwarePrices($network: ID!, $hardware: String, $metrics: [ID!]!, $compared: [ID!]!) {
      market(network: $network, interval: day, everyHardware: true, metrics: $metrics) {
        series {
          ...SeriesParts
        }
      }
      compared: market(network: $network, hardware: $hardware, interval: day, metrics: $compared) {
        series {
          ...SeriesParts
        }
      }
    }
  `,
  [seriesParts],
);
