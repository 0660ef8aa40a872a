import { Readable } from 'node:stream';

/**
 * A stream of what comes, which is broken off where nobody takes any of it for too long, or all of it takes too long: a broken
 * stream ends its connection, so that nobody takes what came for the whole.
 */
export function watch(
  chunks: AsyncIterable<Buffer>,
  { stallMs, totalMs }: { readonly stallMs: number; readonly totalMs: number },
): Readable {
  const stream = Readable.from(pass(), { objectMode: false });
  const total = breakOff(`the file took longer than ${totalMs / 1_000} s`, totalMs);
  let stall: NodeJS.Timeout | undefined;
  stream.once('close', () => {
    clearTimeout(total);
    clearTimeout(stall);
  });
  return stream;

  function breakOff(reason: string, afterMs: number): NodeJS.Timeout {
    return setTimeout(() => stream.destroy(new Error(reason)), afterMs).unref();
  }

  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      stall = breakOff(`nobody took any for ${stallMs / 1_000} s`, stallMs);
      yield chunk;
      clearTimeout(stall);
    }
  }
}
