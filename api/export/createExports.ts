import type { Readable } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import { toPast } from '../database/asOf/openPast.js';
import { rewrite } from '../database/asOf/rewrite.js';
import { toStatementError } from '../database/statements.js';
import { toAsOf } from '../point/toAsOf.js';
import { createExportQueue, type ExportQueue, type QueueOptions } from './createExportQueue.js';
import { createListFiles, type ListFiles } from './createListFiles.js';
import { createMetricFiles, type MetricFiles } from './createMetricFiles.js';
import type { FileQuestion } from './FileQuestion.js';
import { type FileHeader, toColumnTexts, toFileAsOf } from './format/FileHeader.js';
import { toFileName } from './format/toFileName.js';
import { writers } from './format/writers.js';
import { createExportPool, EXPORT_MS, EXPORTS_AT_ONCE } from './session/createExportPool.js';
import { type ExportSession, openExportSession } from './session/openExportSession.js';
import { toLiterals } from './session/toLiterals.js';
import { watch } from './session/watch.js';

export interface Exports {
  readonly listFiles: ListFiles;
  readonly metricFiles: MetricFiles;
  /**
   * A file, once its first rows are there: what goes wrong before has not begun to be answered. Throws `ExportError`, `UserError`, and
   * what statements throw. Aborted, it stops on the server too.
   */
  open(question: FileQuestion, options: { readonly client: string; readonly signal: AbortSignal }): Promise<OpenFile>;
  close(): Promise<void>;
}

export interface OpenFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: Readable;
}

export interface ExportsOptions {
  readonly schema: GraphQLSchema;
  readonly databaseUrl: string;
  readonly version: string;
  readonly queue?: Partial<QueueOptions>;
}

export function createExports({ schema, databaseUrl, version, queue: queueOptions }: ExportsOptions): Exports {
  const pool = createExportPool(databaseUrl);
  const queue: ExportQueue = createExportQueue({ ...defaultQueue, ...queueOptions });
  const generator = `computescan ${version}`;

  return {
    listFiles: createListFiles(schema),
    metricFiles: createMetricFiles(schema),
    async open(question, { client, signal }) {
      const leave = await queue.enter(client, signal);
      let session: ExportSession | undefined;
      let file: OpenFile | undefined;
      const abort = () => {
        session?.abort();
        file?.body.destroy();
        leave();
      };
      signal.addEventListener('abort', abort);
      const end = () => {
        signal.removeEventListener('abort', abort);
        session?.close();
        leave();
      };
      try {
        session = await openExportSession(pool, databaseUrl);
        signal.throwIfAborted();
        file = await begin(session, question, generator);
        file.body.once('close', end);
        signal.throwIfAborted();
        return file;
      } catch (thrown) {
        file?.body.destroy();
        end();
        throw thrown;
      }
    },
    close: () => pool.end(),
  };
}

const defaultQueue: QueueOptions = { atOnce: EXPORTS_AT_ONCE, waiting: 16, waitMs: 20_000, perClient: 2 };

async function begin(session: ExportSession, question: FileQuestion, generator: string): Promise<OpenFile> {
  const { moment } = session;
  const now = new Date();
  const asOf = question.point && (await toAsOf(moment, question.point, now));
  const rows = await question.toRows(asOf ? toPast(moment, asOf) : moment);
  const writer = writers[question.format];
  const select = writer.toSelect(rows.sql, question.columns);
  const chunks = session.copy(toLiterals(asOf ? rewrite(select, asOf) : select, rows.parameters), writer.copyFormat);
  const header = toHeader(question, {
    ...{ generator, generatedAt: now.toISOString() },
    asOf: toFileAsOf(await moment.listChains(), asOf),
  });
  const file = writer.write(await untilFirst(chunks, select), {
    ...{ columns: question.columns, header, hasHeader: question.hasHeader },
  });
  const body = watch(file, { stallMs: STALL_MS, totalMs: EXPORT_MS });
  return { name: toFileName(question, header), contentType: writer.contentType, body };
}

/** A client that takes nothing for so long has gone, or keeps others from their turn. */
const STALL_MS = 60_000;

function toHeader(
  { noun, description, path, parameters, columns, units, methodVersions }: FileQuestion,
  rest: Pick<FileHeader, 'generator' | 'generatedAt' | 'asOf'>,
): FileHeader {
  const asked = new URLSearchParams(parameters).toString();
  return {
    ...{ of: noun, description, query: asked ? `${path}?${asked}` : path },
    ...rest,
    ...{ columns: toColumnTexts(columns, units), methodVersions },
  };
}

/** Waits until the statement has begun to answer, or fails with what it failed by. */
async function untilFirst(chunks: Readable, sql: string): Promise<AsyncIterable<Buffer>> {
  const iterator = chunks[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await iterator.next().catch((thrown: unknown) => {
    throw toStatementError(thrown, sql, EXPORT_MS);
  });
  return goOn(first, iterator);
}

async function* goOn(first: IteratorResult<Buffer>, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    for (let next = first; !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
