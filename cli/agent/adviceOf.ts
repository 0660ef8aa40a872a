import type { VerdictCode } from '../../schema/heartbeat/verdicts.js';

/** What an operator can do about a verdict; docs/agent.md lists the same. */
export function adviceOf(code: VerdictCode): string {
  return advice[code];
}

const advice: Readonly<Record<VerdictCode, string>> = {
  ACCEPTED: 'Nothing is to be done.',
  DUPLICATE: 'Nothing is to be done: it had arrived already.',
  CONFLICT:
    'Another beat for the same minute, or another batch under the same counter, came first: run one agent for a node.',
  LATE: 'It came 30 s or more after its minute and does not count as up: look at the network between here and the gateway.',
  SEQ_REGRESSION:
    'Counters of this key went back: another machine seems to use the same state directory or a copy of it. Run one agent on each.',
  FUTURE: 'This clock is more than 5 s ahead: let NTP set it.',
  STALE: 'It is older than two minutes, which is final: the gateway was out of reach, or this clock is behind.',
  SLOT_MISMATCH: 'The clock moved while the beat was made: let NTP set it slowly.',
  INELIGIBLE: 'The node is not registered for that whole minute; later ones count.',
  TOO_LARGE: 'Something between here and the gateway takes smaller bodies only, or this is a bug: report it.',
  MALFORMED: 'Agent and gateway are of different versions: update the older one.',
  UNSUPPORTED: 'Something between here and the gateway alters requests, or this is a bug: report it.',
  UNREGISTERED: 'Check --network and --node. A node that was registered just now is known once its block is indexed.',
  UNKNOWN_SESSION: 'A session is opened anew.',
  BAD_SIGNATURE: 'Check --network, and that the key or the wallet is that of the account.',
  UNAUTHORISED:
    "Only the node's own account, its provider's, or the provider's owner may sign, for a time that has come and is not over or revoked.",
  BEACON_OLD: 'It is signed again.',
  BEACON_UNKNOWN: 'It is signed again.',
  TOO_SOON: 'Announce maintenance 24 hours ahead or more.',
  LIMIT: 'A node may have 8 hours of maintenance within any 30 days.',
  RATE_LIMITED: 'It is sent again when the gateway says so; run one agent for many nodes instead of many.',
  BUSY: 'It is sent again when the gateway says so.',
  INTERNAL: 'It is sent again; the operator of the gateway has to look.',
};
