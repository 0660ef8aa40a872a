import { setTimeout as sleep } from 'node:timers/promises';
import { createTurns, type Turns } from './createTurns.js';

/** Takes a turn and writes down its name once it has it. */
async function take(turns: Turns, name: string, begun: string[]): Promise<() => void> {
  const end = await turns.take();
  begun.push(name);
  return end;
}

describe('turns', () => {
  it('are given to so many at once, and then in the order in which they were asked for', async () => {
    const turns = createTurns({ atOnce: 2, longestMs: 60_000 });
    const begun: string[] = [];
    const taken = ['a', 'b', 'c', 'd'].map((name) => take(turns, name, begun));
    const endA = await taken[0];
    await sleep(1);
    expect(begun).toEqual(['a', 'b']);
    endA?.();
    const endC = await taken[2];
    expect(begun).toEqual(['a', 'b', 'c']);
    endC?.();
    await taken[3];
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('end once, however often that is said', async () => {
    const turns = createTurns({ atOnce: 1, longestMs: 60_000 });
    const begun: string[] = [];
    const end = await take(turns, 'a', begun);
    const [, c] = [take(turns, 'b', begun), take(turns, 'c', begun)];
    end();
    end();
    await sleep(1);
    expect(begun).toEqual(['a', 'b']);
    void c;
  });

  it('pass from who takes long to who waits', async () => {
    const turns = createTurns({ atOnce: 1, longestMs: 5 });
    const begun: string[] = [];
    const end = await take(turns, 'slow', begun);
    await take(turns, 'next', begun);
    expect(begun).toEqual(['slow', 'next']);
    // Its turn is over already: nobody else gets one for it.
    end();
    const [later, last] = [take(turns, 'later', begun), take(turns, 'last', begun)];
    await later;
    expect(begun).toEqual(['slow', 'next', 'later']);
    await last;
  });
});
