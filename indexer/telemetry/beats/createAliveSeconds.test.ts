import { createAliveSeconds } from './createAliveSeconds.js';

const START = 1_769_904_000;

/** A clock of the day, in seconds from a full slot on, and one that only grows. */
function createClocks() {
  const clocks = {
    seconds: 0,
    ms: 0,
    pass(seconds: number) {
      clocks.seconds += seconds;
      clocks.ms += seconds * 1_000;
    },
    now: () => clocks.ms,
    wallTime: () => new Date((START + clocks.seconds) * 1_000),
  };
  return clocks;
}

function open() {
  const clocks = createClocks();
  const alive = createAliveSeconds(clocks);
  /** Seconds after the start that a commit would record now. */
  const list = () =>
    alive.list(1).flatMap(({ slot, bits }) =>
      Array.from({ length: 60 }, (_, second) => second)
        .filter((second) => (bits >> BigInt(second)) & 1n)
        .map((second) => slot * 60 + second - START),
    );
  const look = (times: number, seconds: number) => {
    for (let time = 0; time < times; time += 1) {
      alive.note();
      clocks.pass(seconds);
    }
  };
  return { clocks, alive, list, look };
}

describe('the seconds in which an observer is alive', () => {
  it('are every one of them, however the looks fall', () => {
    const { list, look } = open();
    look(3, 1.4);
    expect(list()).toEqual([0, 1, 2]);
  });

  it('fall into the slots that they are of', () => {
    const { clocks, alive, look } = open();
    clocks.pass(58);
    look(4, 1);
    const slot = START / 60;
    expect(alive.list(9)).toEqual([
      { observer: 9, slot, bits: (1n << 58n) | (1n << 59n) },
      { observer: 9, slot: slot + 1, bits: 3n },
    ]);
  });

  it('are not those in which the process stood still', () => {
    const { clocks, list, look } = open();
    look(2, 1);
    clocks.pass(30);
    look(1, 0);
    expect(list()).toEqual([32]);
    expect(open().list()).toEqual([]);
  });

  it('are not those for which a commit comes too late', () => {
    const { list, look, alive } = open();
    look(20, 1);
    expect(list()).toEqual([15, 16, 17, 18, 19]);
    alive.forget(alive.list(1));
    expect(list()).toEqual([]);
  });

  it('are not those in which it did not listen, if only for a part of them', () => {
    const { list, look, alive, clocks } = open();
    look(1, 1);
    alive.skip();
    clocks.pass(1);
    look(1, 1.5);
    alive.skip();
    clocks.pass(0.2);
    look(1, 1);
    look(1, 0);
    expect(list()).toEqual([0, 2, 4]);
  });

  it('are not those in which more was turned away than taken', () => {
    const { list, look, alive } = open();
    look(1, 1);
    for (const one of [alive.refuse, alive.take]) one();
    look(1, 1);
    for (const one of [alive.refuse, alive.take, alive.refuse]) one();
    look(1, 1);
    look(1, 0);
    expect(list()).toEqual([0, 1, 3]);
  });

  it('fault 47: come once each when the clock steps back an hour, and fill no gap of that hour', () => {
    const { list, look, alive, clocks } = open();
    clocks.pass(3_600);
    look(2, 1);
    expect(list()).toEqual([3_600, 3_601]);
    alive.forget(alive.list(1));
    clocks.seconds -= 3_600;
    look(5, 1);
    expect(list()).toEqual([]);
    // The clock is set right again.
    clocks.seconds += 3_600;
    look(2, 1);
    expect(list()).toEqual([3_607, 3_608]);
  });
});
