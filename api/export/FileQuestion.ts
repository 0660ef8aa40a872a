import type { Database } from '../database/createDatabase.js';
import type { ListSql } from '../list/toListSql.js';
import type { PointRequest } from '../point/PointRequest.js';
import type { ExportColumn } from './columns/ExportColumn.js';
import type { FileName, Parameters } from './request/readExportRequest.js';

/** A request for a file that was understood, whatever it is of. */
export interface FileQuestion extends FileName {
  /** The path and what was asked, in a form that asks for the same. */
  readonly path: string;
  readonly parameters: Parameters;
  readonly description: string;
  readonly columns: readonly ExportColumn[];
  readonly units?: Readonly<Record<string, string>>;
  readonly methodVersions: Readonly<Record<string, number>>;
  readonly point: PointRequest | null;
  /** Whether the file begins by saying what it is. */
  readonly hasHeader: boolean;
  /** For the file's name: the network or the subject that it is of. */
  readonly subject: string | null;
  /** The rows in their order; for it the database may be asked, as of the point. */
  toRows(database: Database): Promise<ListSql>;
}
