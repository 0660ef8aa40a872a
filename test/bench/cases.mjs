/**
 * What is run. Each case is a chain on a node that behaves in a certain way, and who syncs it: `floor`, `ours` and, where
 * the case says so, the peers. `env` is environment of our indexer: speed, calls and bytes are taken without
 * verification, which has cases of its own.
 */
const off = { INDEX_VERIFY: '31337=off' };
const superset = { INDEX_VERIFY: '31337=superset' };
const exact = { INDEX_VERIFY: '31337=exact' };
const MEBIBYTE = 2 ** 20;

const both = ['floor', 'ours'];

export const fullCases = [
  { name: 'dense-500k 0 ms', chain: 'dense-500k', subjects: both, peers: true, env: off },
  { name: 'dense-500k 50 ms', chain: 'dense-500k', node: { latencyMs: 50 }, subjects: both, peers: true, env: off },
  { name: 'sparse-100k 0 ms', chain: 'sparse-100k', subjects: both, peers: true, env: off },
  { name: 'sparse-100k 50 ms', chain: 'sparse-100k', node: { latencyMs: 50 }, subjects: both, peers: true, env: off },
  { name: 'sparse-100k superset', chain: 'sparse-100k', subjects: ['ours'], env: superset },
  { name: 'sparse-100k exact', chain: 'sparse-100k', subjects: ['ours'], env: exact },
  { name: 'sparse-100k log times', chain: 'sparse-100k', logTime: true, subjects: both, env: off },
  // A node that sends bodies of any size to a reader that asks for the whole chain at once, and one that refuses.
  {
    name: 'dense-100k big bodies',
    chain: 'dense-100k',
    subjects: ['ours'],
    env: { ...off, INDEX_RANGE_BLOCKS: '1000000' },
  },
  {
    name: 'dense-100k body limit',
    chain: 'dense-100k',
    node: { maxBytes: 10 * MEBIBYTE },
    subjects: ['ours'],
    env: { ...off, INDEX_RANGE_BLOCKS: '1000000' },
  },
  { name: 'dense-2000k 0 ms', chain: 'dense-2000k', subjects: ['ours'], env: off },
];

/** Starting takes most of such short runs, so they show that everything works, and no bar is held against them. */
export const quickCases = [
  { name: 'dense-20k 0 ms', chain: 'dense-20k', subjects: both, env: off },
  { name: 'sparse-20k 50 ms', chain: 'sparse-20k', node: { latencyMs: 50 }, subjects: both, env: off },
];

/** Blocks at the head: how many, and one every so many milliseconds. */
export const fullHead = { chain: 'sparse-100k', blocks: 200, blockMs: 100 };
export const quickHead = { chain: 'sparse-20k', blocks: 40, blockMs: 100 };
