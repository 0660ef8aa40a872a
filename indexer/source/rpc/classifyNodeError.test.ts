import { describe, expect, it } from '@jest/globals';
import { classifyNodeError, type NodeErrorClass } from './classifyNodeError.js';
import { nodeErrors } from './nodeErrors.js';
import type { RpcCall } from './Transport.js';

/** Far wider than any suggestion. */
const wide: RpcCall = { method: 'eth_getLogs', params: [{ fromBlock: '0x0', toBlock: '0x1000000' }] };

const examples = nodeErrors.flatMap((entry) =>
  entry.examples.map((example) => {
    const method = entry.method?.[0] ?? 'eth_getBlockByNumber';
    return { entry, example, title: `${entry.by}: ${example.message.slice(0, 60)}`, call: { ...wide, method } };
  }),
);

describe('the errors of nodes', () => {
  it.each(examples)('$title', ({ example, call }) => {
    const { class: expected, ...error } = example;
    expect(classifyNodeError({ kind: 'error', ...error }, call)).toEqual(expected);
  });

  it.each(examples)('its own entry is the first to match: $title', ({ entry, example, call }) => {
    const text = `${example.message} ${JSON.stringify(example.data ?? '')}`;
    const first = nodeErrors.find(
      (other) => (!other.method || other.method.includes(call.method)) && other.pattern.test(text),
    );
    expect(first).toBe(entry);
  });

  it.each(nodeErrors.map((entry) => ({ entry, title: entry.by })))(
    '$title has a source and an example',
    ({ entry }) => {
      expect(entry.source).not.toBe('');
      expect(entry.examples.length).toBeGreaterThan(0);
    },
  );

  it('finds the reason also where only data holds it', () => {
    const data = { message: 'query exceeds max block range 50' };
    expect(classifyNodeError({ kind: 'error', code: -32603, message: 'Internal error', data }, wide)).toEqual({
      kind: 'suggestedRange',
      maxBlocks: 50,
      structural: true,
    });
  });

  it('takes a suggestion that is no smaller than what was asked for no suggestion', () => {
    const error = { kind: 'error', code: -32000, message: 'query exceeds max block range 50' } as const;
    const asked = (blocks: number): RpcCall => ({
      method: 'eth_getLogs',
      params: [{ fromBlock: '0x10', toBlock: `0x${(16 + blocks - 1).toString(16)}` }],
    });
    expect(classifyNodeError(error, asked(51))).toMatchObject({ kind: 'suggestedRange', maxBlocks: 50 });
    expect(classifyNodeError(error, asked(50))).toEqual({ kind: 'tooLarge' });
  });

  it('takes an inverted suggestion for none', () => {
    const message = 'query exceeds max results 20000, retry with the range 6000509-6000000';
    expect(classifyNodeError({ kind: 'error', code: -32602, message }, wide)).toEqual({ kind: 'tooLarge' });
  });

  const byCode: readonly { code: number; call: RpcCall; expected: NodeErrorClass }[] = [
    { code: 429, call: wide, expected: { kind: 'rateLimited' } },
    { code: -32601, call: wide, expected: { kind: 'unsupported', what: 'method' } },
    { code: 3, call: { method: 'eth_call', params: [] }, expected: { kind: 'revert' } },
    {
      code: -32602,
      call: { method: 'eth_getLogs', params: [{ blockHash: '0x01' }] },
      expected: { kind: 'unsupported', what: 'blockHash' },
    },
    { code: -32602, call: wide, expected: { kind: 'other' } },
    { code: -32603, call: wide, expected: { kind: 'other' } },
    { code: -32005, call: wide, expected: { kind: 'other' } },
  ];
  it.each(byCode)('falls back on the code $code', ({ code, call, expected }) => {
    expect(classifyNodeError({ kind: 'error', code, message: 'x' }, call)).toEqual(expected);
  });

  it.each([
    'unrelated server error',
    'internal error',
    'height is not available (requested height: 138913957, base height: 155251499)',
    'nonce too low',
    'fromBlock must be a number',
  ])('reads nothing into: %s', (message) => {
    expect(classifyNodeError({ kind: 'error', code: -32000, message }, wide)).toEqual({ kind: 'other' });
  });

  it('reads only the beginning of a long text, where the reason stands', () => {
    const reason = 'query exceeds max results 20000';
    const long = 'x'.repeat(1_000_000);
    const classify = (message: string) => classifyNodeError({ kind: 'error', code: 1, message, data: long }, wide);
    expect(classify(`${reason} ${long}`)).toEqual({ kind: 'tooLarge' });
    expect(classify(`${long} ${reason}`)).toEqual({ kind: 'other' });
  });
});
