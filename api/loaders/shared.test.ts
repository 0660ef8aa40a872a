import type { Generation } from '../database/createGenerations.js';
import { sharedOnce } from './shared.js';

const createGeneration = (): Generation => ({ opened: Promise.reject(new Error('nobody asks')) });

describe('what answers of one snapshot share', () => {
  let loads = 0;
  const ask = (name: string, generation: Generation | undefined) =>
    sharedOnce(
      name,
      () => generation,
      async () => ++loads,
    )();
  beforeEach(() => {
    loads = 0;
  });

  it('is loaded once for each of its names, and anew in another snapshot', async () => {
    const [one, other] = [createGeneration(), createGeneration()];
    for (const { opened } of [one, other]) opened.catch(() => undefined);
    expect([await ask('a', one), await ask('a', one), await ask('b', one), await ask('a', other)]).toEqual([
      1, 1, 2, 3,
    ]);
  });

  it('is of nobody else where there is no snapshot to share', async () => {
    expect([await ask('a', undefined), await ask('a', undefined)]).toEqual([1, 2]);
  });

  it('is not what failed', async () => {
    const generation = createGeneration();
    generation.opened.catch(() => undefined);
    const failing = sharedOnce(
      'a',
      () => generation,
      () => Promise.reject(new Error('once')),
    );
    await expect(failing()).rejects.toThrow('once');
    expect(await ask('a', generation)).toBe(1);
  });
});
