import type { NodeRow as ClaimRow } from '../provider/providerQueries.js';

/** What resolvers read of a node; the other columns leave under the names they are selected with. */
export interface NodeRow extends ClaimRow {
  readonly id: string;
  readonly networkId: string;
  readonly providerId: string | null;
  readonly terms: Readonly<Record<string, unknown>>;
}

export const nodes = {
  columns: `
    d.id, d.native_id as "nativeId", d.network_id as "networkId", d.provider_id as "providerId", d.active, d.region,
    d.gpu_model as "gpuModel", d.gpu_count as "gpuCount", d.vram_mb as "vramMb", d.uri, d.terms, d.altered,
    d.time as "createdAt", d.height as "createdHeight"
  `,
  from: 'from node d',
};
