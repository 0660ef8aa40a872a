import type { AsOf } from '../../database/asOf/AsOf.js';
import type { ChainRow } from '../../domains/chain/chainQueries.js';
import { toAsOfText } from '../../point/toAsOf.js';
import type { ExportColumn } from '../columns/ExportColumn.js';

/** What a file says of itself. Heights are decimal strings, as everywhere in the API. */
export interface FileHeader {
  /** The list, or the metric. */
  readonly of: string;
  readonly description: string;
  /** Where the file came from: asked again, it is the file as of then. */
  readonly query: string;
  readonly generator: string;
  readonly generatedAt: string;
  readonly asOf: FileAsOf;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly unit?: string;
    readonly description: string;
  }[];
  /** Versions of the methods by which figures were made, by name. */
  readonly methodVersions: Readonly<Record<string, number>>;
}

export interface FileAsOf {
  /** The moment that was asked for; null: now. */
  readonly time: string | null;
  readonly chains: readonly {
    readonly id: string;
    readonly height: string | null;
    readonly hash: string | null;
    readonly time: string | null;
  }[];
}

export function toFileAsOf(chains: readonly ChainRow[], asOf: AsOf | null): FileAsOf {
  if (asOf) return toAsOfText(asOf) as FileAsOf;
  return {
    time: null,
    chains: chains.map(({ id, height, blockHash, blockTime }) => ({
      ...{ id: String(id), height: height === null ? null : String(height) },
      ...{ hash: blockHash && `0x${blockHash.toString('hex')}`, time: blockTime?.toISOString() ?? null },
    })),
  };
}

export function toColumnTexts(
  columns: readonly ExportColumn[],
  units: Readonly<Record<string, string>> = {},
): FileHeader['columns'] {
  return columns.map(({ name, type, description }) => {
    const unit = units[name];
    return { name, type, ...(unit ? { unit } : {}), description };
  });
}

/** Lines that begin with #. A reader that knows no comments makes cells of them, of which none may be a formula. */
export function toComments(header: FileHeader): string {
  const { of, description, query, generator, generatedAt, asOf, columns, methodVersions } = header;
  const lines = [
    `${generator}: ${of}. ${description}`,
    `query: ${query}`,
    `generated at: ${generatedAt}`,
    `as of: ${asOf.time ?? 'now'}`,
    ...asOf.chains.map(({ id, height, hash, time }) =>
      `chain ${id}: block ${height ?? 'none'} ${hash ?? ''} ${time ?? ''}`.trimEnd(),
    ),
    ...Object.entries(methodVersions).map(([name, version]) => `method: ${name} version ${version}`),
    ...columns.map(
      (column) =>
        `column ${column.name}: ${column.type}${column.unit ? ` in ${column.unit}` : ''}. ${column.description}`,
    ),
  ];
  return lines.map((line) => `# ${toCommentText(line)}\n`).join('');
}

function toCommentText(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/([,;|"]['"\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g, "$1'")
    .trim();
}
