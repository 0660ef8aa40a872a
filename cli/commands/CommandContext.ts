export interface CommandContext {
  readonly root: string;
  readonly buildWeb: () => Promise<void>;
  /** Left out, the playground is served where it is built already. */
  readonly buildPlayground?: () => Promise<'absent' | 'present' | 'built'>;
  /** Ends the process with this code once the command has ended: it did its work, and what it found is not good. */
  readonly setExitCode: (code: number) => void;
}
