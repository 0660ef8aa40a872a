import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import type { TapeHeader, TapeLine } from './TapeLine.js';

export interface TapeWriter {
  /** Resolves when there is room for more. */
  append(call: RpcCall, answer: RpcAnswer): Promise<void>;
  /** Without an end the tape counts as cut short. */
  close(end?: { readonly height: number }): Promise<void>;
}

/** Throws UserError where there is a file already, or none can be made. */
export async function createTapeWriter(file: string, header: Omit<TapeHeader, 'tape'>): Promise<TapeWriter> {
  await claim(file);
  const out = createWriteStream(file);
  const gzip = createGzip();
  gzip.pipe(out);
  let failure: Error | undefined;
  for (const stream of [gzip, out]) {
    stream.on('error', (thrown: Error) => {
      failure ??= thrown;
      gzip.destroy();
    });
  }
  let calls = 0;
  const write = async (line: TapeLine) => {
    if (failure)
      throw new UserError(`Expected to write the tape ${file}, got: ${toMessage(failure)}. Make room for it.`);
    if (!gzip.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(gzip, 'drain'), once(gzip, 'close')]);
  };
  await write({ tape: 1, ...header });
  return {
    async append(call, answer) {
      calls += 1;
      await write({ method: call.method, params: call.params, answer });
    },
    async close(end) {
      if (end) await write({ end: { height: end.height, calls } });
      gzip.end();
      await finished(out);
    },
  };
}

async function claim(file: string): Promise<void> {
  const handle = await open(file, 'wx').catch((thrown: NodeJS.ErrnoException) => {
    const advice =
      thrown.code === 'EEXIST' ? 'Name another file, or remove this one' : 'Name a file that can be written';
    throw new UserError(`Expected to make a tape at ${file}, got: ${toMessage(thrown)}. ${advice}.`);
  });
  await handle.close();
}
