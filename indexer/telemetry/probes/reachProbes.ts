import { toSpecUrl } from './marlinSpec.js';
import { type ReachProbe, WITHIN_AN_HOUR_SECONDS } from './Probe.js';

/**
 * Whether providers and machines are there at all, of networks whose nodes do not run our agent. What "reached" means of
 * each is in docs/probes.md.
 */
const common = {
  kind: 'reach',
  intervalSeconds: 300,
  maxWaitSeconds: WITHIN_AN_HOUR_SECONDS,
  deadlineMs: 5_000,
} as const;

/** Whoever put a URL on chain for itself. */
const providers = {
  kind: 'facts',
  sql: `select native_id as target, uri as base from provider
    where network_id = $1 and active and uri is not null and uri <> ''`,
} as const;

/** Providers, and machines that have a URL of their own; both may be known by one scheme or another. */
const endpoints = (scheme: string) =>
  ({
    kind: 'facts',
    sql: `select native_id as target, uri as base, id as provider_id, null as node_id from provider
      where network_id = $1 and active and uri ~* '^\\s*${scheme}:'
      union all
      select 'node:' || n.native_id, n.uri, n.provider_id, n.id
      from node n left join provider p on p.id = n.provider_id
      where n.network_id = $1 and n.active is distinct from false and n.uri ~* '^\\s*${scheme}:'
        and n.uri is distinct from p.uri`,
  }) as const;

/** Those whose logs name URLs, and that have no probe of their own; no other protocol puts one on chain. */
const named = ['0g-compute', 'compute-market'] as const;

/** What is there may still not take HEAD, and then says so. */
const knowsNoHead = (status: number) => status === 405 || status === 501;

export const marlinControlPlane: ReachProbe = {
  ...common,
  id: 'marlin-control-plane',
  title: 'whether the control plane of an operator has rate cards to give',
  protocols: ['marlin'],
  targets: providers,
  // The head alone: the cards are 715 kB.
  question: {
    kind: 'head',
    toUrl: toSpecUrl,
    isReached: (status) => (status >= 200 && status < 300) || knowsNoHead(status),
  },
};

/**
 * Orchestrators serve gRPC over TLS with a certificate that they make themselves at each start: server/rpc.go and
 * server/cert.go in livepeer/go-livepeer. A call would need a signed request, so the handshake is what can be asked for.
 */
export const livepeerService: ReachProbe = {
  ...common,
  id: 'livepeer-service',
  title: 'whether the service URI of an orchestrator takes a connection and, by https, shakes hands',
  protocols: ['livepeer'],
  targets: providers,
  question: { kind: 'connection' },
};

export const anyHttp: ReachProbe = {
  ...common,
  id: 'http',
  title: 'whether an http or https URL of a provider or a machine is answered',
  protocols: named,
  targets: endpoints('https?'),
  // An API need not have anything at its root; who is up says so. What a proxy says of a dead one begins with 5.
  question: { kind: 'head', toUrl: (base) => base, isReached: (status) => status < 500 || knowsNoHead(status) },
};

export const anyTcp: ReachProbe = {
  ...common,
  id: 'tcp',
  title: 'whether a tcp://host:port of a provider or a machine takes a connection',
  protocols: named,
  targets: endpoints('tcp'),
  question: { kind: 'connection' },
};
