/** Rows of numbers as they come, in columns that grow by halves: a million rows without a million objects. */
export interface Columns {
  readonly count: () => number;
  /** Starts a row of zeros and returns its number. */
  readonly start: () => number;
  readonly set: (column: number, row: number, value: number) => void;
  /** A column's numbers in the order given by `rows`. */
  readonly pick: (column: number, rows: Int32Array) => Float64Array;
  readonly get: (column: number, row: number) => number;
}

export function createColumns(width: number): Columns {
  let size = 64;
  let count = 0;
  let columns = Array.from({ length: width }, () => new Float64Array(size));
  return {
    count: () => count,
    start: () => {
      if (count === size) {
        size += Math.floor(size / 2);
        columns = columns.map((column) => {
          const grown = new Float64Array(size);
          grown.set(column);
          return grown;
        });
      }
      count += 1;
      return count - 1;
    },
    set: (column, row, value) => {
      const values = columns[column];
      if (values !== undefined) values[row] = value;
    },
    get: (column, row) => columns[column]?.[row] ?? 0,
    pick: (column, rows) => {
      const values = columns[column] ?? new Float64Array();
      const picked = new Float64Array(rows.length);
      for (let index = 0; index < rows.length; index += 1) picked[index] = values[rows[index] ?? 0] ?? 0;
      return picked;
    },
  };
}
