import { describe, expect, it } from '@jest/globals';
import { findHeadHeight } from './findHeadHeight.js';

const block = (tag: string) => ({ method: 'eth_getBlockByNumber', params: [tag, false] });
const result = (value: unknown) => ({ kind: 'result', value }) as const;

describe('the height of the head in answers', () => {
  it.each([
    ['of eth_blockNumber', [{ method: 'eth_blockNumber', params: [] }], [result('0x10')], 16],
    [
      'of the latest block',
      [block('0x1'), block('latest')],
      [result({ number: '0x1' }), result({ number: '0xff' })],
      255,
    ],
    ['not of a block by its number', [block('0x1')], [result({ number: '0x1' })], undefined],
    ['not of null', [block('latest')], [result(null)], undefined],
    ['not of what is no number', [block('latest')], [result({ number: 'ten' })], undefined],
    ['not of more than a number holds', [block('latest')], [result({ number: '0xffffffffffffffff' })], undefined],
    ['not of an error', [block('latest')], [{ kind: 'error', code: 1, message: 'x' } as const], undefined],
  ])('is taken %s', (_title, calls, answers, height) => {
    expect(findHeadHeight(calls, answers)).toBe(height);
  });
});
