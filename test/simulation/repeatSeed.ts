/** `SEED=… npm run sim`: one run, with everything that happened in it; variables leave parts of it out. */
import { findFork } from './createWorld.js';
import { readReduction } from './shrinkSeed.js';
import { type Outcome, simulate } from './simulate.js';

const seed = Number(process.env.SEED);
if (!Number.isFinite(seed) || process.env.SEED === undefined) {
  process.stderr.write(`Expected a seed, got ${process.env.SEED ?? 'none'}: SEED=1 npm run sim\n`);
  process.exitCode = 1;
} else {
  const outcome = await simulate(seed, { reduction: readReduction(process.env), keepTrace: true });
  print(outcome);
  process.exitCode = outcome.failure === undefined ? 0 : 1;
}

function print({ scenario, trace, counters, failure, digest, virtualMs }: Outcome): void {
  const { world, nodes, ...rest } = scenario;
  const lines = [
    `scenario ${JSON.stringify(rest)}`,
    `chain finality ${world.finalityDepth} start ${world.startHeight} blocks ${world.blocks.size}`,
    ...nodes.map(
      ({ world: served, ...node }) => `endpoint ${JSON.stringify(node)} ${served === world ? '' : 'other chain'}`,
    ),
    ...world.changes.map(({ atMs, tip }, at) => {
      const before = world.changes[at - 1]?.tip ?? world.start;
      const fork = findFork(before, tip);
      const how = fork === before ? 'grows' : `leaves ${before.height} for a branch from ${fork.height}`;
      return `chain ${atMs} ${how} to ${tip.height} ${tip.hash}`;
    }),
    ...trace.lines,
    `met ${[...counters].map(([name, times]) => `${name} ${times}`).join(', ')}`,
    `${failure ?? 'well'} after ${Math.round(virtualMs / 1_000)} virtual seconds; trace ${digest}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
