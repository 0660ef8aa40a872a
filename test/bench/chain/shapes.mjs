/**
 * The chains of the benchmark. dense: 1,000 events a block, as on a rollup in a rush; sparse: 20, so that block headers
 * decide. The number after the name is that of events, in thousands.
 */
const densities = {
  dense: { perTransaction: 200, transactionsPerBlock: 5 },
  sparse: { perTransaction: 10, transactionsPerBlock: 2 },
};

export function getShape(name) {
  const [, density, thousands] = /^(dense|sparse)-(\d+)k$/.exec(name) ?? [];
  if (!density) throw new Error(`Expected a chain such as dense-500k or sparse-100k, got ${name}.`);
  return { name, ...densities[density], events: Number(thousands) * 1000 };
}

/** That of a local anvil, whose rules of verification are known. */
export const BENCH_CHAIN_ID = 31337;

/** Empty blocks at the end, so that every event lies deeper than any finality rule in use. */
export const TAIL_BLOCKS = 128;
