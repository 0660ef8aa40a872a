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
    query Home($where: NetworkWhere) {
      choices: networks(first: 100) {
        ...NetworkTag
      }
      gpuCatalogue {
        models {
          id
          name
        }
      }
      networks(first: 100, where: $where, orderBy: providerCount, orderDirection: desc) {
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
    }
  `,
  [networkTag, networkTerms],
);

/** How far the chart of tasks goes back, and its file. */
export const ACTIVITY_DAYS = 30;

/** Tasks and jobs by day, of one network or of all. */
export const activityQuery = graphql(`
  query Activity($network: ID, $days: Int!) {
    activity(network: $network, days: $days) {
      date
      jobs
      tasksCompleted
      tasksFailed
      inProgress
    }
  }
`);

/** Networks with what they have come to, for their list. */
export const networksQuery = graphql(
  `
    query Networks {
      networks(first: 100, orderBy: providerCount, orderDirection: desc) {
        ...NetworkTerms
        protocol
        providerCount
        chain {
          name
          stale
          block {
            number
            timestamp
          }
        }
      }
    }
  `,
  [networkTerms],
);

/** A network with the state of its chain, its largest providers and the newest changes of its rules. */
export const networkQuery = graphql(
  `
    query Network($id: ID!) {
      network(id: $id) {
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
        chain {
          id
          name
          recorded
          phase
          phaseReason
          headNumber
          headAt
          stale
          seenAt
          safeNumber
          finalizedNumber
          reorgs
          deepestReorg
          digest
          verifiedShare
          quarantined
          verified(first: 8) {
            from
            to
            level
          }
          block {
            number
            hash
            timestamp
          }
        }
      }
      providers(where: { network: $id }, first: 10, orderBy: paid, orderDirection: desc) {
        id
        nativeId
        name
        altered {
          attribute
          fingerprint
        }
        active
        jobCount
        tasksCompleted
        tasksFailed
        stake
        paid
        score {
          score
          evidence
        }
      }
      parameterChanges(where: { network: $id }, first: 5, orderBy: at, orderDirection: desc) {
        id
        name
        value
        at
        height
        transaction
      }
    }
  `,
  [networkTerms],
);
