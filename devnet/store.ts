import {
  appendFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { toMessage, UserError } from '../schema/lib/errors.js';
import type { SendRequest } from './chainWriter.js';

/**
 * What lies in the data folder:
 * - `meta.json`: from what the chain was made;
 * - `snapshot-<height>.json.gz`: anvil's state and blocks up to that height; the two newest are kept;
 * - `journal-<height>.ndjson`: its first line the hash of that block, then one line per block after it, written before
 *   the block is mined. A snapshot and all journals from it on give the chain again, hash for hash;
 * - `market.json`: the market after the latest block.
 */
export interface Meta {
  readonly version: number;
  readonly seed: number;
  readonly startTime: number;
  readonly historyDays: number;
  /** The height somebody may have seen while the history was being written. */
  readonly announced: number;
}

export interface JournalLine {
  readonly height: number;
  readonly parentHash: string;
  readonly timestamp: number;
  readonly requests: readonly SendRequest[];
}

export interface Store {
  readonly folder: string;
  findMeta(): Meta | undefined;
  writeMeta(meta: Meta): void;
  findMarket(): { readonly height: number; readonly state: unknown } | undefined;
  writeMarket(height: number, state: unknown): void;
  /** Heights, newest first. */
  listSnapshots(): number[];
  /** Unpacks a snapshot for anvil to load and gives the file; throws when it is damaged. */
  unpackSnapshot(height: number): Promise<string>;
  removeUnpacked(): void;
  /** Takes the state as it comes; when it does not come whole, everything stays as it was. */
  addSnapshot(snapshot: { height: number; hash: string; state: AsyncIterable<Buffer> }): Promise<void>;
  /** The hash of the block at `height`, as its journal has it. */
  findHash(height: number): string | undefined;
  /** The blocks recorded after `height`, in order, up to the first line that was only half written. */
  readJournal(height: number): { readonly lines: JournalLine[]; readonly torn: boolean };
  /** Adds a block to the newest journal. */
  append(line: JournalLine): void;
}

export function openStore(dataDir: string): Store {
  // An orphan is known by its folder, so the folder is always written the same way.
  const folder = path.resolve(dataDir);
  const at = (name: string) => path.join(folder, name);
  const toJournal = (height: number) => at(`journal-${height}.ndjson`);
  const toSnapshot = (height: number) => at(`snapshot-${height}.json.gz`);
  const unpacked = at('loading.json');
  // One name for all drafts: what a killed process left is written over, not kept.
  const saving = at('snapshot.json.gz.draft');
  claimFolder(folder);
  let journal: string | undefined;

  function listSnapshots(): number[] {
    const heights = readdirSync(folder).flatMap((name) => {
      const height = /^journal-(\d+)\.ndjson$/.exec(name)?.[1];
      return height && existsSync(toSnapshot(Number(height))) ? [Number(height)] : [];
    });
    return heights.sort((a, b) => b - a);
  }

  return {
    folder,
    findMeta: () => readJson(at('meta.json')) as Meta | undefined,
    writeMeta: (meta) => writeWhole(at('meta.json'), toJson(meta)),
    findMarket: () => readJson(at('market.json')) as { height: number; state: unknown } | undefined,
    writeMarket: (height, state) => writeWhole(at('market.json'), toJson({ height, state })),
    listSnapshots,
    async unpackSnapshot(height) {
      await pipeline(createReadStream(toSnapshot(height)), createGunzip(), createWriteStream(unpacked));
      return unpacked;
    },
    removeUnpacked: () => rmSync(unpacked, { force: true }),
    async addSnapshot({ height, hash, state }) {
      try {
        await pipeline(state, createWriteStream(saving));
        renameSync(saving, toSnapshot(height));
      } finally {
        rmSync(saving, { force: true });
      }
      writeWhole(toJournal(height), `${JSON.stringify({ hash })}\n`);
      journal = toJournal(height);
      for (const old of listSnapshots().slice(2)) {
        rmSync(toJournal(old), { force: true });
        rmSync(toSnapshot(old), { force: true });
      }
    },
    findHash: (height) => (readLines(toJournal(height)).lines[0] as { hash?: string } | undefined)?.hash,
    readJournal(height) {
      const heights = listSnapshots().filter((other) => other >= height);
      const files = heights.reverse().map((other) => readLines(toJournal(other)));
      const lines = files.flatMap((file) => file.lines.slice(1) as JournalLine[]);
      return { lines, torn: files.some((file) => file.torn) };
    },
    append(line) {
      const newest = listSnapshots()[0];
      journal ??= toJournal(newest ?? 0);
      appendFileSync(journal, `${JSON.stringify(line)}\n`);
    },
  };
}

function claimFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = path.join(folder, '.probe');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (thrown) {
    throw new UserError(
      `Expected a data directory the devnet can write to, got "${toMessage(thrown)}": choose another or change its permissions.`,
    );
  }
}

/** A file is there whole or not at all, whenever the process ends. */
function writeWhole(file: string, content: string | Buffer): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'), revive);
  } catch {
    throw new UserError(`Expected JSON in ${file}, found something else: start with --reset to make the devnet anew.`);
  }
}

function readLines(file: string): { lines: unknown[]; torn: boolean } {
  const lines: unknown[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    try {
      lines.push(JSON.parse(line));
    } catch {
      return { lines, torn: true };
    }
  }
  return { lines, torn: false };
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, entry) => (typeof entry === 'bigint' ? `${entry}n` : entry));
}

function revive(_: string, entry: unknown): unknown {
  return typeof entry === 'string' && /^-?\d+n$/.test(entry) ? BigInt(entry.slice(0, -1)) : entry;
}
