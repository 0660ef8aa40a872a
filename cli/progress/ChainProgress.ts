/** How far a chain is, as the indexer reports it now and then; counters run from the start of its process. */
export interface ChainProgress {
  readonly chainId: number;
  readonly name: string;
  /** Absent until the sync has said something. */
  readonly phase?: string | undefined;
  readonly startHeight: number;
  readonly height?: number | undefined;
  readonly headHeight?: number | undefined;
  readonly events: number;
  readonly requests: number;
}

export function isAtHead({ height, headHeight, phase }: ChainProgress): boolean {
  if (phase === 'complete') return true;
  return height !== undefined && headHeight !== undefined && height >= headHeight;
}
