import { type ExportColumn, PLACE } from '../columns/ExportColumn.js';

/** SQL of a column's value as text, as the API writes it; null stays null. */
export function toTextSql({ kind, stored }: ExportColumn, value: string): string {
  switch (kind) {
    case 'time':
      return `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    case 'bytes':
      if (stored === 'bytea') return `'0x' || encode(${value}, 'hex')`;
      // Text, or bytes as Postgres writes them.
      return stored === 'text' ? `lower(${value} collate "C")` : `replace(lower(${value}::text), '\\x', '0x')`;
    case 'json':
      // Whatever stands between its values: it must be on one line.
      return `${value}::jsonb::text`;
    default:
      return `${value}::text`;
  }
}

/** The same, as a value of JSON. */
export function toJsonSql(column: ExportColumn, value: string): string {
  switch (column.kind) {
    case 'int':
    case 'float':
    case 'boolean':
      return value;
    case 'json':
      return `${value}::jsonb`;
    default:
      return toTextSql(column, value);
  }
}

/**
 * The same, as a cell of a table that may be opened in a spreadsheet: text that would be taken for a formula begins with an
 * apostrophe. Some programs look past spaces, and take wide signs for narrow ones. Only what is typed as a number may begin with -.
 */
export function toCellSql(column: ExportColumn, value: string): string {
  const text = toTextSql(column, value);
  if (!mayBeFormula.has(column.kind) || column.stored === PLACE) return text;
  // Nearly every text begins with a letter or a digit, and is looked at no further.
  const isPlain = `ascii(${text}) between 48 and 57 or ascii(${text}) between 65 and 122`;
  const isFormula = `ascii(${text}) in (9, 10, 13) or ascii(ltrim(${text}, ${SPACES})) in (${SIGNS})`;
  return `case when ${isPlain} then ${text} when ${isFormula} then '''' || ${text} else ${text} end`;
}

const mayBeFormula = new Set<ExportColumn['kind']>(['id', 'text', 'choice']);
const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'].map((sign) => sign.charCodeAt(0)).join(', ');
/** What JavaScript and spreadsheets take for space, and what is seen as none. */
const SPACES = `E' \\t\\n\\r\\u000b\\f\\u00a0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200a\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'`;
