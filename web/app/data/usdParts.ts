import { graphql } from './graphql.js';

/** An amount in USD, with where it comes from or why there is none. */
export const usdParts = graphql(`
  fragment UsdParts on Usd {
    value
    reason
    source
    note
    pair
    rate
    answeredAt
    age
  }
`);

export const priceParts = graphql(
  `
    fragment PriceParts on Price {
      amount
      decimals
      unit
      token {
        symbol
        decimals
      }
      usd {
        ...UsdParts
      }
      usdPerHour {
        ...UsdParts
      }
      usdPerGpuHour {
        ...UsdParts
      }
    }
  `,
  [usdParts],
);
