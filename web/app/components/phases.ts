export interface ChainState {
  readonly id: string;
  readonly name: string;
  readonly recorded: boolean;
  readonly phase: string;
  readonly headNumber: string | null;
  readonly stale: boolean;
  readonly block: { readonly number: string; readonly hash: string; readonly timestamp: string } | null;
}

const phases: Readonly<Record<string, { readonly label: string; readonly meaning: string }>> = {
  waiting: { label: 'Waiting', meaning: 'The source has not answered yet.' },
  standby: { label: 'Standby', meaning: 'Another indexer writes this chain; this one would take over.' },
  backfill: { label: 'Indexing', meaning: 'The past is being written; numbers grow until it is done.' },
  live: { label: 'Live', meaning: 'Every new block is followed as it comes.' },
  halted: { label: 'Halted', meaning: 'Indexing has stopped and needs the operator.' },
  complete: { label: 'Complete', meaning: 'A recorded history, written to its end.' },
};

export function toPhase(phase: string): { readonly label: string; readonly meaning: string } {
  return phases[phase] ?? { label: phase, meaning: '' };
}
