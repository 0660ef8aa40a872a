import { readFileSync } from 'node:fs';
import { fullEvents, smallEvents } from '../../schema/protocols/abis/computeMarket.js';

const toName = (signature: string) => /^event (\w+)/.exec(signature)?.[1];

describe('the small interface of ComputeMarket', () => {
  it('is what the contract of the recorded chains emits, word for word', () => {
    const source = readFileSync(new URL('../bench/chain/ComputeMarket.sol', import.meta.url), 'utf8');
    const emitted = [...source.matchAll(/^ {4}(event .*);$/gm)].map(([, event]) => event);
    expect(emitted).toEqual(smallEvents);
  });

  it('shares no name with the full one, so that a name alone tells what a log means', () => {
    const small = smallEvents.map(toName);
    expect(fullEvents.map(toName).filter((name) => small.includes(name))).toEqual([]);
  });
});
