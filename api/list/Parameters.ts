/** The values of a statement, numbered in the order in which they are asked for. */
export interface Parameters {
  readonly values: readonly unknown[];
  /** Takes a value, and says by which name and as what type SQL knows it. */
  add(value: unknown, type: string): string;
}

export function createParameters(): Parameters {
  const values: unknown[] = [];
  return {
    values,
    add(value, type) {
      values.push(value);
      return `$${values.length}::${type}`;
    },
  };
}
