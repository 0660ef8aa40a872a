import { UserError } from '../../schema/lib/errors.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { type Indexer, type IndexerOptions, startIndexer } from '../main.js';
import type { Tape } from './createTape.js';
import { createTapeTransport } from './createTapeTransport.js';
import { readTape } from './readTape.js';

export interface ReplayOptions
  extends Pick<IndexerOptions, 'databaseUrl' | 'maxRangeBlocks' | 'log' | 'onState' | 'report'> {
  readonly file: string;
  readonly signal: AbortSignal;
}

export interface Replayed {
  readonly chainId: number;
  readonly height: number;
}

/** Indexes what is on a tape up to its end, without any network. Throws UserError where the tape lacks what is asked. */
export async function replayTape(options: ReplayOptions): Promise<Replayed> {
  const { file, signal } = options;
  const tape = await readTape(file);
  const { chainId, networks, verify } = tape.header;
  for (const id of networks) getNetwork(id);
  const missing = createMissing();
  try {
    const indexer = await startIndexer({
      ...options,
      networks,
      endpoints: { [chainId]: [{ url: 'tape://replay' }] },
      verify: verify === undefined ? {} : { [chainId]: verify },
      pollMs: 0,
      until: tape.height,
      createTransport: () => createTapeTransport(tape, { onMissing: missing.note }),
    });
    await untilDone(indexer, { signal, missing });
  } catch (thrown) {
    if (missing.what === undefined) throw thrown;
  }
  if (missing.what !== undefined) throw toError(file, tape, missing.what);
  return { chainId, height: tape.height };
}

function createMissing() {
  let what: string | undefined;
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    told,
    get what() {
      return what;
    },
    note(one: string) {
      what ??= one;
      tell();
    },
  };
}

async function untilDone(
  indexer: Indexer,
  { signal, missing }: { readonly signal: AbortSignal; readonly missing: ReturnType<typeof createMissing> },
): Promise<void> {
  const stop = () => void indexer.stop().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  void missing.told.then(stop);
  await indexer.done;
  signal.removeEventListener('abort', stop);
}

function toError(file: string, { header }: Tape, what: string): UserError {
  return new UserError(
    `Expected everything a sync asks for on the tape ${file} of ${header.madeAt}, but it has no ${what}. Replay it into an empty database, with the INDEX_RANGE_BLOCKS it was recorded with.`,
  );
}
