import TestSequencer from '@jest/test-sequencer';

/** Small files that take long: Jest goes by size where it has not timed them, and would leave them to one worker at the end. */
const slow = [
  'test/simulation/simulate.test.ts',
  'test/metrics/adversaries.test.ts',
  'test/pages/pages.test.ts',
  'test/heartbeats/world.test.ts',
  'devnet/computeMarket/stage.test.ts',
  'test/heartbeats/devnet.test.ts',
  'test/heartbeats/agentGateway.test.ts',
  'test/faults/processes.test.ts',
  'test/cli/lifecycle.test.ts',
];

export default class SlowFirst extends (TestSequencer.default ?? TestSequencer) {
  sort(tests) {
    const toPlace = ({ path }) => {
      const place = slow.findIndex((name) => path.replaceAll('\\', '/').endsWith(name));
      return place === -1 ? slow.length : place;
    };
    return super.sort(tests).toSorted((one, other) => toPlace(one) - toPlace(other));
  }
}
