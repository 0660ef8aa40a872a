/** Lets one write go on while what comes after it is worked out: the server and this process each have a core. */
export function createWriter(): {
  /** Begins a write as soon as the one before has ended; throws what that one threw. */
  next(write: () => Promise<void>): Promise<void>;
  /** Once the last one has ended. */
  end(): Promise<void>;
} {
  let writing: Promise<void> = Promise.resolve();
  return {
    async next(write) {
      await writing;
      writing = write();
      // Whoever comes next hears of it, and where nobody does something else went wrong before.
      writing.catch(() => undefined);
    },
    end: () => writing,
  };
}
