import type { Hex } from '../../../schema/lib/hex.js';
import type { Filter } from '../ChainSource.js';
import { callLogs } from './rpcCalls.js';

const address = (digit: string): Hex => `0x${digit.repeat(40)}`;
const topic: Hex = `0x${'7'.repeat(64)}`;
const also = { addresses: [address('c'), address('d'), address('e')], topics: [topic] };
const range = { fromBlock: '0x1', toBlock: '0x2' };

function listAsked(filter: Filter, maxAddresses: number): readonly unknown[] {
  return callLogs({ from: 1, to: 2 }, filter, maxAddresses).map(({ params }) => params[0]);
}

describe('callLogs', () => {
  it('asks for contracts of which only some events are wanted in a call of their own', () => {
    expect(listAsked({ addresses: [address('a')], also }, 10)).toEqual([
      { ...range, address: [address('a')] },
      { ...range, address: also.addresses, topics: [[topic]] },
    ]);
    expect(listAsked({ addresses: [], topics: [`0x${'1'.repeat(64)}`], also }, 10)).toEqual([
      { ...range, topics: [[`0x${'1'.repeat(64)}`]] },
      { ...range, address: also.addresses, topics: [[topic]] },
    ]);
  });

  it('takes as many calls as the addresses need, of either kind', () => {
    const asked = listAsked({ addresses: [address('a'), address('b')], also }, 2);
    expect(asked.map((one) => (one as { address: unknown[] }).address.length)).toEqual([2, 2, 1]);
  });
});
