import { decodeFunctionResult, encodeFunctionData, encodeFunctionResult, parseAbi } from 'viem';
import { encodeMulticallAnswer, parseMulticall, parseMulticallAnswer } from './multicall.js';

const abi = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
]);
const to = '0xcA11bde05977b3631167028862bE2a173976CA11';
const targets = ['0x1111111111111111111111111111111111111111', '0x2222222222222222222222222222222222222222'] as const;

describe('multicall', () => {
  const inner = [
    { target: targets[0], allowFailure: true, callData: '0x01020304' },
    { target: targets[1], allowFailure: true, callData: '0x' },
    { target: targets[0], allowFailure: false, callData: `0x${'ab'.repeat(68)}` },
  ] as const;

  it('is taken apart into the calls that viem put into it', () => {
    const data = encodeFunctionData({ abi, functionName: 'aggregate3', args: [inner] });
    expect(parseMulticall({ method: 'eth_call', params: [{ to, data }, 'latest'] })).toEqual(
      inner.map(({ target, callData }) => ({ to: target, data: callData })),
    );
  });

  it('is answered as viem reads and writes it', () => {
    const results = [
      { success: true, returnData: `0x${'0'.repeat(63)}7` },
      { success: false, returnData: '0x' },
      { success: true, returnData: '0x0102030405' },
    ] as const;
    const value = encodeFunctionResult({ abi, functionName: 'aggregate3', result: results });
    const answers = parseMulticallAnswer({ kind: 'result', value });
    expect(answers).toEqual(results.map(({ success, returnData }) => ({ success, data: returnData })));
    expect(encodeMulticallAnswer(answers ?? [])).toBe(value);
    expect(decodeFunctionResult({ abi, functionName: 'aggregate3', data: value })).toEqual(results);
  });

  it('is nothing else: other contracts, other functions, and what is cut short', () => {
    const data = encodeFunctionData({ abi, functionName: 'aggregate3', args: [inner] });
    const parse = (call: object) => parseMulticall({ method: 'eth_call', params: [call, 'latest'] });
    expect(parse({ to: targets[0], data })).toBeUndefined();
    expect(parse({ to, data: '0x01020304' })).toBeUndefined();
    for (let length = 10; length < data.length; length += 2)
      expect(parse({ to, data: data.slice(0, length) })).toEqual(
        length >= data.length - 56 ? expect.anything() : undefined,
      );
    expect(parseMulticallAnswer({ kind: 'result', value: '0x' })).toBeUndefined();
    expect(parseMulticallAnswer({ kind: 'error', code: 3, message: 'reverted' })).toBeUndefined();
  });
});
