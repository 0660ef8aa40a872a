import { BusyError } from '../bus/TelemetryBus.js';

/**
 * So many pieces of work at a time, the rest waits in two lanes: `first` for senders that have proven themselves, `second`
 * for all others. Each has its own end, so that strangers fill only theirs.
 */
export interface WorkQueue {
  /** Throws BusyError where the lane is full. */
  run<T>(work: () => Promise<T>, lane: Lane): Promise<T>;
  /** Whether known senders would be turned away now. */
  isFull(): boolean;
  waiting(): number;
}

export type Lane = 'first' | 'second';

export function createWorkQueue(options: {
  readonly active: number;
  readonly maxWaiting: Readonly<Record<Lane, number>>;
}): WorkQueue {
  const { active, maxWaiting } = options;
  const lanes = { first: createFifo(), second: createFifo() };
  let running = 0;
  let turns = 0;
  return {
    async run(work, lane) {
      if (running < active) running += 1;
      else await join(lane);
      try {
        return await work();
      } finally {
        const next = takeNext();
        if (next) next();
        else running -= 1;
      }
    },
    isFull: () => lanes.first.length() >= maxWaiting.first,
    waiting: () => lanes.first.length() + lanes.second.length(),
  };

  function join(lane: Lane): Promise<void> {
    if (lanes[lane].length() >= maxWaiting[lane]) {
      throw new BusyError(`Expected fewer than ${maxWaiting[lane]} requests to wait.`);
    }
    return new Promise((resolve) => lanes[lane].push(resolve));
  }

  /** Every eighth turn is a stranger's, who may be somebody's first beat. */
  function takeNext(): (() => void) | undefined {
    turns += 1;
    const [one, other] = turns % 8 === 0 ? [lanes.second, lanes.first] : [lanes.first, lanes.second];
    return one.shift() ?? other.shift();
  }
}

type Resume = () => void;

/** `Array.shift` moves what is left; this does so only once in a while. */
function createFifo() {
  let items: (Resume | undefined)[] = [];
  let from = 0;
  return {
    length: () => items.length - from,
    push: (item: Resume) => void items.push(item),
    shift(): Resume | undefined {
      if (from === items.length) return undefined;
      const item = items[from];
      items[from] = undefined;
      from += 1;
      if (from === items.length || from > 1_024) {
        items = items.slice(from);
        from = 0;
      }
      return item;
    },
  };
}
