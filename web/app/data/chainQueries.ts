import { graphql } from './graphql.js';
import { networkTag } from './networkQueries.js';
import { outageParts } from './reliabilityQueries.js';

/** How far each chain is written; every page shows it, and the pulse tells from it whether anything changed. */
export const chainsQuery = graphql(`
  query Chains {
    _meta {
      version
      hasIndexingErrors
      chains {
        id
        name
        recorded
        phase
        headNumber
        stale
        block {
          number
          hash
          timestamp
        }
      }
    }
  }
`);

export const statusQuery = graphql(
  `
  query Status {
    heartbeatStatus {
      ...OutageParts
      beats {
        at
        beats
      }
      observers {
        name
        networkGroup
        alive
        since
        lastAlive
        beats
        outages {
          from
          to
          minutes
        }
      }
    }
    probes {
      id
      targets
      fresh
      failing
      prices
      refused
      lastSuccess
      lastError
      network {
        title
      }
    }
    _meta {
      version
      hasIndexingErrors
      chains {
        id
        name
        recorded
        phase
        phaseReason
        headNumber
        headAt
        finalizedNumber
        safeNumber
        lagBlocks
        lagSeconds
        seenAt
        quarantined
        checkedNumber
        anomalyCount
        stale
        reorgs
        deepestReorg
        digest
        verifiedShare
        verified(first: 12) {
          from
          to
          level
        }
        endpoints {
          name
          role
          state
          requests
          calls
          bytes
          failures
          faults
          faultReason
          faultDetail
          faultAt
          latencyMs
          rateLimit
          headNumber
          setAsideUntil
          updatedAt
        }
        block {
          number
          hash
          timestamp
        }
        networks {
          id
          title
          recorded
          notice
        }
      }
    }
    anomalies(first: 20) {
      id
      rule
      subject
      expected
      got
      reason
      height
      at
      transaction
      token {
        symbol
        decimals
      }
      network {
        ...NetworkTag
        chain {
          explorer
        }
      }
    }
    quarantinedLogs(first: 20) {
      id
      stage
      reason
      height
      at
      transaction
      network {
        ...NetworkTag
        chain {
          explorer
        }
      }
    }
    networks(first: 50, orderBy: id) {
      id
      title
      conservation {
        name
        applies
        reason
      }
    }
  }
`,
  [networkTag, outageParts],
);
