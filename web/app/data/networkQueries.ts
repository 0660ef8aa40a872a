import { graphql } from './graphql.js';

/** What every page says about the network a row belongs to. */
export const networkTag = graphql(`
  fragment NetworkTag on Network {
    id
    title
    recorded
    notice
  }
`);

/** A network with its tokens and what its protocol records: enough to fill the columns of a list. */
export const networkTerms = graphql(
  `
    fragment NetworkTerms on Network {
      ...NetworkTag
      capabilities {
        name
        recorded
        reason
      }
      workToken {
        symbol
        decimals
      }
      stakeToken {
        symbol
        decimals
      }
    }
  `,
  [networkTag],
);

export const homeQuery = graphql(
  `
    query Home($network: ID, $where: NetworkWhere, $days: Int!) {
      choices: networks(first: 100) {
        ...NetworkTag
      }
      networks(first: 100, where: $where) {
        ...NetworkTerms
        protocol
        summary
        providerCount
        nodeCount
        jobCount
        tasksCompleted
        tasksFailed
        stake
        paid
        sendsHeartbeats
        chain {
          name
          block {
            number
            timestamp
          }
        }
      }
      activity(network: $network, days: $days) {
        date
        jobs
        tasksCompleted
        tasksFailed
        inProgress
      }
    }
  `,
  [networkTag, networkTerms],
);
