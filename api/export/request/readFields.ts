import type { ExportColumn, ExportColumns } from '../columns/ExportColumn.js';
import { ExportError } from './ExportError.js';
import { show } from './readExportRequest.js';

/** The columns of a file: those that are asked for, in that order, each once; else those that need no asking. */
export function readFields(columns: ExportColumns, text: string | undefined): readonly ExportColumn[] {
  if (text === undefined || text === '') return [...columns.values()].filter(({ isExtra }) => !isExtra);
  const names = new Set(text.split(',').map((name) => name.trim()));
  return [...names].map((name) => {
    const column = columns.get(name);
    if (column) return column;
    throw new ExportError(
      400,
      'UNKNOWN_FIELD',
      `Expected fields among ${[...columns.keys()].join(', ')}, got ${show(name)}.`,
    );
  });
}
