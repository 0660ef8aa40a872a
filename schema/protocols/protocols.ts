import { UserError } from '../lib/errors.js';
import { iexec } from './iexec.js';
import { livepeer } from './livepeer.js';
import type { Manifest, NetworkDefinition } from './Manifest.js';

/** Every protocol the product knows. */
export const manifests: readonly Manifest[] = [iexec, livepeer];

export interface Network {
  readonly manifest: Manifest;
  readonly definition: NetworkDefinition;
}

export function listNetworks(): readonly Network[] {
  return manifests.flatMap((manifest) => manifest.networks.map((definition) => ({ manifest, definition })));
}

export function getNetwork(id: string): Network {
  const networks = listNetworks();
  const found = networks.find(({ definition }) => definition.id === id);
  if (found) return found;
  const known = networks.map(({ definition }) => definition.id).join(', ');
  throw new UserError(
    `Expected a network out of ${known}; got "${id}". Name one of those (COMPUTESCAN_NETWORKS, --network).`,
  );
}
