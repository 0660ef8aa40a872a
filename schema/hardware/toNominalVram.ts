import type { GpuModel } from './gpuCatalogue.js';
import { isVramOf } from './matchGpu.js';

/**
 * Memory of one GPU in MiB as its vendor names it: a machine reports a little less. Without a number of its own the least that the
 * model is sold with; null: nobody says.
 */
export function toNominalVram(model: Pick<GpuModel, 'vramMib'> | undefined, claimedMib: number | null): number | null {
  const sizes = model?.vramMib ?? [];
  if (claimedMib !== null) return sizes.find((size) => isVramOf({ vramMib: [size] }, claimedMib)) ?? claimedMib;
  return sizes.length > 0 ? Math.min(...sizes) : null;
}
