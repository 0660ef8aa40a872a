import { isVramOf, matchGpu } from './matchGpu.js';

/** What a machine is said to have; null or undefined: nothing was said. */
export interface GpuClaim {
  readonly gpuModel?: string | null;
  readonly gpuCount?: number | null;
  /** Of one GPU, in MiB. */
  readonly vramMb?: number | null;
}

/**
 * unknownModel: the catalogue knows no such GPU, or the text names several; that alone is no contradiction.
 * impossibleVram: the model never had as much or as little. contradictoryVram: the text names another size than the number.
 * tooMany: more GPUs than one machine holds. none: a model, and no GPU of it.
 */
export type ImplausibleReason = 'unknownModel' | 'impossibleVram' | 'contradictoryVram' | 'tooMany' | 'none';

/** Why a claim cannot be true, or cannot be judged; empty where nothing speaks against it, or nothing was claimed. */
export function findImplausible(claim: GpuClaim): readonly ImplausibleReason[] {
  if (!hasClaim(claim)) return [];
  const { gpuModel, gpuCount, vramMb } = claim;
  const reasons: ImplausibleReason[] = [];
  const { model, namedVramMib } = matchGpu(gpuModel ?? '');
  if (!model) reasons.push('unknownModel');
  const sizes = [vramMb ?? undefined, namedVramMib].filter((size) => size !== undefined);
  if (model && sizes.some((size) => !isVramOf(model, size))) reasons.push('impossibleVram');
  if (vramMb && namedVramMib && !isVramOf({ vramMib: [namedVramMib] }, vramMb)) reasons.push('contradictoryVram');
  if (gpuCount !== null && gpuCount !== undefined) {
    if (gpuCount > MAX_GPUS) reasons.push('tooMany');
    if (gpuCount <= 0) reasons.push('none');
  }
  return reasons;
}

/** A machine without a GPU claims none. */
export function hasClaim({ gpuModel, gpuCount, vramMb }: GpuClaim): boolean {
  return Boolean(gpuModel?.trim()) || (gpuCount ?? 0) > 0 || (vramMb ?? 0) > 0;
}

/** The largest servers on sale hold sixteen. */
const MAX_GPUS = 16;
