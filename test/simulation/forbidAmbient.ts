/**
 * Makes the machine's own clock and chance fail until the returned function is called: what runs in virtual time must
 * not know of them, or the same seed would not lead to the same run.
 */
export function forbidAmbient(): () => void {
  const { setTimeout, setInterval } = globalThis;
  const [random, now] = [Math.random, Date.now];
  globalThis.setTimeout = refuse('setTimeout') as unknown as typeof setTimeout;
  globalThis.setInterval = refuse('setInterval') as unknown as typeof setInterval;
  Math.random = refuse('Math.random');
  Date.now = refuse('Date.now');
  return () => {
    globalThis.setTimeout = setTimeout;
    globalThis.setInterval = setInterval;
    Math.random = random;
    Date.now = now;
  };
}

function refuse(name: string): () => never {
  return () => {
    throw new Error(`${name} was used in a simulation: time and chance come from the runtime.`);
  };
}
