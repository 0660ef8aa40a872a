import { decodeHexResult } from './hexResult.js';

const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));
const answer = `{"jsonrpc":"2.0","id":7,"result":"0x${bytes.toString('hex')}"}`;

async function decode(text: string, pieceLength: number): Promise<Buffer> {
  async function* cut(): AsyncIterable<Buffer> {
    for (let at = 0; at < text.length; at += pieceLength) yield Buffer.from(text.slice(at, at + pieceLength));
  }
  const decoded: Buffer[] = [];
  for await (const piece of decodeHexResult(cut())) decoded.push(piece);
  return Buffer.concat(decoded);
}

describe('a hex result', () => {
  it('is the same bytes however the answer is cut', async () => {
    for (const length of [1, 2, 3, 7, 40, 41, 10_000]) expect(await decode(answer, length)).toEqual(bytes);
  });

  it('is refused when it is cut off, no hex or an error', async () => {
    await expect(decode(answer.slice(0, -2), 50)).rejects.toThrow(/cut off/);
    await expect(decode(answer.replace('0a', 'xy'), 50)).rejects.toThrow(/no hex/);
    await expect(decode('{"result":"0xabc"}', 50)).rejects.toThrow(/no hex/);
    const error = '{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"Method not found"}}';
    await expect(decode(error, 50)).rejects.toThrow(/Method not found/);
  });
});
