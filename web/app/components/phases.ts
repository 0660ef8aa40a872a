import { key } from '../i18n/text.js';

export interface ChainState {
  readonly id: string;
  readonly name: string;
  readonly recorded: boolean;
  readonly phase: string;
  readonly headNumber: string | null;
  readonly stale: boolean;
  readonly block: { readonly number: string; readonly hash: string; readonly timestamp: string } | null;
}

const phases: Readonly<Record<string, { readonly label: string; readonly word: string; readonly meaning: string }>> = {
  waiting: { label: key('Waiting'), word: key('waiting'), meaning: key('The source has not answered yet.') },
  standby: {
    label: key('Standby'),
    word: key('standby'),
    meaning: key('Another indexer writes this chain; this one would take over.'),
  },
  backfill: {
    label: key('Indexing'),
    word: key('indexing'),
    meaning: key('The past is being written; numbers grow until it is done.'),
  },
  live: { label: key('Live'), word: key('live'), meaning: key('Every new block is followed as it comes.') },
  halted: { label: key('Halted'), word: key('halted'), meaning: key('Indexing has stopped and needs the operator.') },
  complete: { label: key('Complete'), word: key('complete'), meaning: key('A recorded history, written to its end.') },
};

export function toPhase(phase: string): { readonly label: string; readonly word: string; readonly meaning: string } {
  return phases[phase] ?? { label: phase, word: phase, meaning: '' };
}
