import { findKiller } from './findKiller.js';
import { mutants } from './mutants.js';

const SEEDS = 500;

describe('planted faults', () => {
  it('are fifteen at least, each with a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(15);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(mutants)(
    `are found within ${SEEDS} seeds: an indexer that $name`,
    async (mutation) => {
      expect(await findKiller(mutation, { from: 1, count: SEEDS })).toBeDefined();
    },
    300_000,
  );
});
