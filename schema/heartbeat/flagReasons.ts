/** Why a node's beats are odd, with what a reader is told. */
export const flagReasons = {
  equivocation: 'Two different beats for one minute, both rightly signed.',
  clone: 'Counters of one key went back while time went on: two machines share it.',
  counterReused: 'Two different batches under one counter.',
  hardware: 'The machine is not what the node claims on chain.',
  frozen: 'The same readings for an hour, to the last digit.',
} as const;

export type FlagReason = keyof typeof flagReasons;
