/**
 * How deep a block must lie before it counts as final, whatever a node's tag says, and where there is no tag. Ethereum:
 * two epochs of 32 slots. Polygon: reorgs of up to 157 blocks were seen (0xPolygon forum, PIP-11). Arbitrum: a batch
 * reaches Ethereum within minutes, at four blocks a second.
 */
const depths: ReadonlyMap<number, number> = new Map([
  [1, 64],
  [137, 256],
  [42_161, 240],
  [42_170, 240],
]);
const USUAL_DEPTH = 64;

export function toFinalityDepth(chainId: number): number {
  return depths.get(chainId) ?? USUAL_DEPTH;
}

/**
 * The height up to which nothing may be taken back any more: a block counts once `depth` blocks, itself included, stand
 * at the top. The tag alone is not believed: a node that calls its head final would turn every reorg into a halt. Never
 * sinks.
 */
export function toFinalHeight(options: {
  readonly headHeight: number;
  readonly tag: number | undefined;
  readonly depth: number;
  readonly before: number | undefined;
}): number | undefined {
  const byDepth = options.headHeight - options.depth + 1;
  const now = Math.min(options.tag ?? byDepth, byDepth);
  const height = Math.max(now, options.before ?? -1);
  return height < 0 ? undefined : height;
}
