import { isVramOf, matchGpu } from '../hardware/matchGpu.js';

/** What a node claims on chain, or says that it has; null or undefined: nothing. */
export interface Machine {
  readonly gpuModel?: string | null;
  readonly gpuCount?: number | null;
  /** Of one GPU, MiB. */
  readonly vramMb?: number | null;
}

export type HardwareGap = 'model' | 'count' | 'vram';

/**
 * In what a machine falls short of its claim: another GPU, fewer of them, less memory. What was not claimed, or not said, or names
 * no GPU of the catalogue, is held against nobody; nor is more than was claimed.
 */
export function findHardwareGaps(claimed: Machine, said: Machine): readonly HardwareGap[] {
  const gaps: HardwareGap[] = [];
  const [model, other] = [matchGpu(claimed.gpuModel ?? '').model, matchGpu(said.gpuModel ?? '').model];
  if (model && other && model !== other) gaps.push('model');
  if (isLess(said.gpuCount, claimed.gpuCount)) gaps.push('count');
  // A reported size is a little below the nominal one.
  const isTooSmall = isLess(said.vramMb, claimed.vramMb == null ? null : claimed.vramMb * 0.9);
  const isOfNoSuch = claimed.vramMb == null && said.vramMb != null && model !== undefined;
  if (isTooSmall || (isOfNoSuch && !isVramOf(model, said.vramMb ?? 0))) gaps.push('vram');
  return gaps;
}

function isLess(said: number | null | undefined, claimed: number | null | undefined): boolean {
  return said != null && claimed != null && said < claimed;
}
