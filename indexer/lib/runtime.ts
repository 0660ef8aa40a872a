/**
 * Time and chance, handed to whatever needs them: the sync, the endpoints and the lease read no clock of their own, so
 * that a simulation can run them on a virtual one and repeat a run from its seed.
 */
export interface Runtime {
  /** Milliseconds that only ever grow; not the time of day. */
  now(): number;
  /** The time of day, for what people read. */
  wallTime(): Date;
  /** Waits; an abort ends it early, without an error. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Lets others run, such as the connection that writes the batch before: asked for in the middle of long computations.
   * Absent where nobody waits.
   */
  readonly turn?: () => Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}
