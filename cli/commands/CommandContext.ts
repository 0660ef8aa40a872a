export interface CommandContext {
  readonly root: string;
  readonly buildWeb: () => Promise<void>;
  /** Ends the process with this code once the command has ended: it did its work, and what it found is not good. */
  readonly setExitCode: (code: number) => void;
}
