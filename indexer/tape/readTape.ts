import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import { createTape, type Tape } from './createTape.js';
import type { TapeEnd, TapeHeader, TapeLine } from './TapeLine.js';

/** Reads a whole tape into memory. Throws UserError when the file is none, of another version, damaged or cut short. */
export async function readTape(file: string): Promise<Tape> {
  let tape: ReturnType<typeof createTape> | undefined;
  let end: TapeEnd['end'] | undefined;
  let calls = 0;
  for await (const line of readLines(file)) {
    if (!tape) tape = createTape(toHeader(file, line));
    else if ('end' in line) end = line.end;
    else if (end) throw damaged(file, 'a line behind its end');
    else {
      const { method, params, answer } = line as RpcCall & { readonly answer: RpcAnswer };
      tape.add({ method, params }, answer);
      calls += 1;
    }
  }
  if (!tape || !end) throw cutShort(file, `an end after ${calls} calls`);
  if (end.calls !== calls) throw damaged(file, `${calls} calls where its end says ${end.calls}`);
  return tape.end(end.height);
}

/** Whether the file begins as gzip does; a recorded history is plain JSON. */
export async function isTape(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((thrown: unknown) => {
    throw new UserError(
      `Expected a recording at ${file}, got: ${toMessage(thrown)}. Give the path of a tape or a JSON file.`,
    );
  });
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).catch((thrown: unknown) => {
      throw new UserError(`Expected a recording at ${file}, got: ${toMessage(thrown)}. Give the path of a file.`);
    });
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

async function* readLines(file: string): AsyncIterable<TapeLine> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (thrown) => gunzip.destroy(thrown));
  let rest = '';
  try {
    for await (const chunk of source.pipe(gunzip).setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield parseLine(file, line);
    }
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw cutShort(file, toMessage(thrown));
    throw damaged(file, toMessage(thrown));
  } finally {
    source.destroy();
  }
  if (rest !== '') throw cutShort(file, 'half a line at its end');
}

function parseLine(file: string, line: string): TapeLine {
  try {
    return JSON.parse(line) as TapeLine;
  } catch (thrown) {
    throw damaged(file, toMessage(thrown));
  }
}

function toHeader(file: string, line: TapeLine): TapeHeader {
  if (!('tape' in line))
    throw new UserError(
      `Expected a tape in ${file}, got another gzipped file. Give a tape that \`computescan record\` made.`,
    );
  if (line.tape !== 1) {
    throw new UserError(
      `Expected a tape of format 1 in ${file}, got format ${line.tape}. Replay it with the version that made it (${line.madeBy}).`,
    );
  }
  return line;
}

function cutShort(file: string, came: string): UserError {
  return new UserError(
    `Expected a whole tape in ${file}, got one that is cut short: ${came}. Record it again, or get the whole file.`,
  );
}

function damaged(file: string, came: string): UserError {
  return new UserError(
    `Expected a tape in ${file}, got a damaged one: ${came}. Record it again, or get the file again.`,
  );
}
