import type { GraphQLSchema } from 'graphql';
import { assert } from '../../schema/lib/assert.js';
import { METHOD_VERSION } from '../../schema/metrics/formulas/score/scoreMethod.js';
import type { Direction, List } from '../list/List.js';
import { loadFilters } from '../list/listRows.js';
import { assertWhere, type Where } from '../list/toWhere.js';
import { lists } from '../lists.js';
import { toPointRequest } from '../point/readPointRequest.js';
import { createExportColumns } from './columns/createExportColumns.js';
import type { ExportColumns } from './columns/ExportColumn.js';
import type { FileQuestion } from './FileQuestion.js';
import { toRowsSql } from './format/toExportSql.js';
import { ExportError } from './request/ExportError.js';
import {
  type FileName,
  readArguments,
  readChoice,
  readCount,
  readParameters,
  show,
} from './request/readExportRequest.js';
import { readFields } from './request/readFields.js';

export interface ListFiles {
  /** Throws `ExportError` or `UserError` for what no file can be made of. */
  read(file: FileName, query: unknown): FileQuestion;
  /** Of a list by its field, such as `jobs`; undefined: there is none. */
  findColumns(field: string): ExportColumns | undefined;
}

/** Every list as a file, by the arguments of its root field. */
export function createListFiles(schema: GraphQLSchema): ListFiles {
  const byName = new Map(lists.map((list) => [list.name, list]));
  const byField = new Map(lists.map((list) => [list.field, list]));
  const made = new Map<string, ExportColumns>();

  function getColumns(list: List): ExportColumns {
    const columns = made.get(list.field) ?? createExportColumns(schema, list, byName);
    made.set(list.field, columns);
    return columns;
  }

  return {
    read(file, query) {
      const list = byField.get(file.noun);
      if (!list) {
        const fields = [...byField.keys()].sort().join(', ');
        throw new ExportError(400, 'UNKNOWN_LIST', `Expected a file of one of ${fields}, got ${show(file.noun)}.`);
      }
      const parameters = readParameters(query, ['where', ...argumentNames, 'fields', 'first', 'header']);
      const field = schema.getQueryType()?.getFields()[list.field];
      assert(field !== undefined, `list ${list.field} has a root field`);
      const args = readArguments(field, parameters, ['where', ...argumentNames]);
      const where = (args.where ?? null) as Where | null;
      assertWhere(where);
      const question = {
        columns: readFields(getColumns(list), parameters.fields),
        first: readCount('first', parameters.first) ?? null,
        orderBy: String(args.orderBy),
        orderDirection: args.orderDirection as Direction,
        where,
      };
      return {
        ...file,
        path: `/export/${list.field}.${file.format}`,
        parameters,
        description: list.description,
        columns: question.columns,
        methodVersions: list.name === 'Score' ? scoreMethods : noMethods,
        point: toPointRequest([{ name: list.field, args }]),
        hasHeader: readChoice('header', parameters.header, ['comments', 'none']) === 'comments',
        subject: toNetwork(where),
        async toRows(database) {
          const special = await loadFilters({ database, lists: byName }, list, where);
          return toRowsSql(list, question, { lists: byName, special });
        },
      };
    },
    findColumns(field) {
      const list = byField.get(field);
      return list && getColumns(list);
    },
  };
}

const noMethods: FileQuestion['methodVersions'] = {};
const scoreMethods: FileQuestion['methodVersions'] = { score: METHOD_VERSION };
const argumentNames = ['orderBy', 'orderDirection', 'block', 'finality'];

function toNetwork(where: Where | null): string | null {
  const { network, network_in: networks } = where ?? {};
  const [only, ...others] = Array.isArray(networks) ? networks : [network];
  return typeof only === 'string' && others.length === 0 ? only : null;
}
