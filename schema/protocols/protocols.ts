import { UserError } from '../lib/errors.js';
import { boundless } from './boundless.js';
import { computeMarket } from './computeMarket.js';
import { fluence } from './fluence.js';
import { iexec } from './iexec.js';
import { livepeer } from './livepeer.js';
import type { Manifest, NetworkDefinition } from './Manifest.js';
import { marlin } from './marlin.js';
import { zerog } from './zerog.js';

/** Every protocol the product knows. */
export const manifests: readonly Manifest[] = [iexec, livepeer, zerog, marlin, fluence, boundless, computeMarket];

export interface Network {
  readonly manifest: Manifest;
  readonly definition: NetworkDefinition;
}

/** Networks that the user described; a process adds them once, when it starts. */
let added: readonly Network[] = [];

export function addNetworks(networks: readonly Network[]): void {
  added = networks;
}

export function listNetworks(): readonly Network[] {
  const builtIn = manifests.flatMap((manifest) => manifest.networks.map((definition) => ({ manifest, definition })));
  return [...builtIn, ...added];
}

export function getNetwork(id: string): Network {
  const networks = listNetworks();
  const found = networks.find(({ definition }) => definition.id === id);
  if (found) return found;
  const known = networks.map(({ definition }) => definition.id).join(', ');
  throw new UserError(
    `Expected a network out of ${known}; got "${id}". Name one of those (COMPUTESCAN_NETWORKS, --network), or describe yours in the file of COMPUTESCAN_NETWORK_FILE.`,
  );
}
