import type { Random } from './createRandom.js';
import type { Trace } from './createTrace.js';
import type { VirtualClock } from './createVirtualClock.js';

/**
 * A process as far as its end matters: whatever it waits for at an interface never comes back once it is dead, so that
 * nothing of it runs on; what it asked for may still be carried out outside.
 */
export interface SimulatedProcess {
  readonly name: string;
  readonly isAlive: boolean;
  /** Waits for something outside. The process may die before it is asked for and after it is done. */
  cross<T>(point: string, work: () => Promise<T>): Promise<T>;
  /** What outside calls it; nothing when it is dead. */
  hear<Args extends readonly unknown[]>(listener: (...args: Args) => void): (...args: Args) => void;
  kill(reason: string): void;
  /** Everything that the process wants waits until then: a pause of its machine. */
  freeze(forMs: number): void;
  /** Resolves when it is dead. */
  readonly death: Promise<void>;
}

export interface CrashRates {
  /** Of a process's death at one crossing. */
  readonly crash: number;
  /** The same at those that change what is stored. */
  readonly crashAtWrite: number;
  readonly freeze: number;
}

export function createProcess(options: {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly trace: Trace;
  readonly rates: CrashRates;
  /** Whether it may still die by chance. */
  readonly mayCrash: () => boolean;
  /** Whether anything may still befall it. */
  readonly isTroubled: () => boolean;
  readonly onCrash: (point: string) => void;
}): SimulatedProcess {
  const { name, clock, random, trace, rates, mayCrash, isTroubled, onCrash } = options;
  let isAlive = true;
  let frozenUntil = 0;
  let die: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    die = resolve;
  });

  function kill(reason: string): void {
    if (!isAlive) return;
    isAlive = false;
    trace.note(`${clock.now()} ${name} dies ${reason}`);
    die();
  }

  async function maySurvive(point: string): Promise<boolean> {
    if (isAlive && isTroubled()) {
      const chance = random.next();
      if (chance < (isWrite(point) ? rates.crashAtWrite : rates.crash) && mayCrash()) {
        onCrash(point);
        kill(point);
      } else if (chance > 1 - rates.freeze) {
        freeze(random.between(1_000, 60_000));
      }
    }
    // What is frozen thaws when trouble ends.
    while (isAlive && clock.now() < frozenUntil && isTroubled())
      await clock.sleep(Math.min(1_000, frozenUntil - clock.now()));
    return isAlive;
  }

  function freeze(forMs: number): void {
    trace.note(`${clock.now()} ${name} freezes ${forMs}`);
    frozenUntil = Math.max(frozenUntil, clock.now() + forMs);
  }

  return {
    name,
    get isAlive() {
      return isAlive;
    },
    async cross(point, work) {
      if (!(await maySurvive(`before ${point}`))) return NEVER;
      const outcome = await work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if (!(await maySurvive(`after ${point}`))) return NEVER;
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    },
    hear:
      (listener) =>
      (...args) => {
        if (isAlive && (clock.now() >= frozenUntil || !isTroubled())) listener(...args);
      },
    kill,
    freeze,
    death,
  };
}

const NEVER = new Promise<never>(() => undefined);

function isWrite(point: string): boolean {
  return /write|rollBack/.test(point);
}
