import pg from 'pg';

/**
 * A statement with its parameters written into it, as COPY takes none. Every value is quoted as a constant; what has a form that is
 * not known here is refused.
 */
export function toLiterals(sql: string, parameters: readonly unknown[]): string {
  return sql.replace(/\$(\d+)/g, (_, digits: string) => {
    const at = Number(digits) - 1;
    if (at >= parameters.length)
      throw new Error(`Expected ${parameters.length} parameters, got a statement with $${digits}.`);
    return toLiteral(parameters[at]);
  });
}

function toLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return pg.escapeLiteral(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return value < 0 ? `(${value})` : String(value);
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`;
  if (Array.isArray(value)) return value.length === 0 ? `'{}'` : `array[${value.map(toLiteral).join(', ')}]`;
  throw new Error(`Expected a value that SQL has a constant for, got ${typeof value}.`);
}
