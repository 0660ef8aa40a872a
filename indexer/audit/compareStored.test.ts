import type { RawLog } from '../events/logs.js';
import { compareStored } from './compareStored.js';

const log = (height: number, logIndex: number, changes: Partial<RawLog> = {}): RawLog => ({
  height,
  logIndex,
  blockHash: '0xb1',
  txHash: '0x71',
  txIndex: 0,
  address: '0xa1',
  topics: ['0x01', '0x02'],
  data: '0xdd',
  ...changes,
});

describe('compareStored', () => {
  it('finds nothing where both are the same', () => {
    expect(compareStored([log(1, 0), log(2, 0)], [log(1, 0), log(2, 0)])).toEqual([]);
  });

  it('names by block and log index what is missing, extra and different', () => {
    const stored = [log(1, 0), log(2, 1, { data: '0xde', topics: ['0x01'] }), log(4, 4)];
    expect(compareStored([log(1, 0), log(2, 1), log(3, 2)], stored)).toEqual([
      { kind: 'different', height: 2, logIndex: 1, detail: 'is stored with another data, topics' },
      { kind: 'missing', height: 3, logIndex: 2, detail: 'of 0xa1 is not stored' },
      { kind: 'extra', height: 4, logIndex: 4, detail: 'of 0xa1 is stored, the chain has none' },
    ]);
  });

  it.each([
    ['blockHash', '0xb2'],
    ['txHash', '0x72'],
    ['txIndex', 1],
    ['address', '0xa2'],
  ])('sees another %s', (field, value) => {
    expect(compareStored([log(1, 0)], [log(1, 0, { [field]: value })])).toEqual([
      expect.objectContaining({ kind: 'different', detail: `is stored with another ${field}` }),
    ]);
  });
});
