import { computeMarketDevnet } from '../../../schema/protocols/computeMarketDevnet.js';
import { iexecDevnet } from '../../../schema/protocols/iexecDevnet.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import { iexecAsks, iexecBids } from './iexecOrders.js';
import { livepeerCapabilities } from './livepeerCapabilities.js';
import { livepeerLeaderboard } from './livepeerLeaderboard.js';
import { livepeerStats } from './livepeerStats.js';
import { marlinSpec } from './marlinSpec.js';
import type { Probe } from './Probe.js';
import { anyHttp, anyTcp, livepeerService, marlinControlPlane } from './reachProbes.js';

/** Every probe; a further one is its file and its line here. */
export const probes: readonly Probe[] = [
  ...[marlinSpec, livepeerStats, livepeerCapabilities, iexecAsks, iexecBids],
  ...[marlinControlPlane, livepeerService, anyHttp, anyTcp],
  livepeerLeaderboard,
];

/** One probe on one network. */
export interface Assignment {
  readonly probe: Probe;
  readonly network: Network;
  /** Of the source, where the probe asks one. */
  readonly url?: string;
}

/** What is to be asked on these networks; `sources` has URLs by the source's name, in place of those built in. */
export function listAssignments(
  networks: readonly Network[],
  sources: Readonly<Record<string, string>>,
): readonly Assignment[] {
  return networks.flatMap((network) => {
    const { definition, manifest } = network;
    return probes.flatMap((probe): Assignment[] => {
      if (!probe.protocols.includes(manifest.protocol)) return [];
      // Amounts are in the token that work is paid in.
      if (probe.kind === 'prices' && !definition.workToken) return [];
      if (probe.targets.kind === 'facts') return [{ probe, network }];
      const url = Object.hasOwn(sources, probe.targets.name)
        ? sources[probe.targets.name]
        : probe.targets.toUrl(definition.chainId);
      return url === undefined ? [] : [{ probe, network, url }];
    });
  });
}

/** Names under which PROBE_SOURCES gives URLs. */
export const sourceNames: ReadonlySet<string> = new Set(
  probes.flatMap(({ targets }) => (targets.kind === 'facts' ? [] : [targets.name])),
);

/** Networks whose providers are elsewhere than on this machine, and still there: of a private one nobody knows. */
export function isPublic({ manifest, definition }: Network): boolean {
  const isBuiltIn = manifest.networks.some(({ id }) => id === definition.id);
  return isBuiltIn && !definition.recorded && !devnets.has(definition.chainId);
}

const devnets: ReadonlySet<number> = new Set([iexecDevnet.chainId, computeMarketDevnet.chainId]);
