import type pg from 'pg';

/** Under which name a connection keeps a statement, so that Postgres need not read its text again. */
export interface Names {
  /** Undefined: it is not worth keeping. */
  find(client: pg.ClientBase, sql: string): string | undefined;
  /** Whether the connection keeps so many that another one should take its place: neither Postgres nor pg forgets any of them. */
  isFull(client: pg.ClientBase): boolean;
}

/** Of what comes again: most texts that somebody makes up come once. From `seen` to twice as many are known, and a connection keeps `kept`. */
export function createNames({ seen = MAX_SEEN, kept = MAX_KEPT } = {}): Names {
  let recent = new Map<string, string>();
  let older = new Map<string, string>();
  let count = 0;
  const keptBy = new WeakMap<pg.ClientBase, Set<string>>();

  /** Undefined at the first sight of a text. */
  function note(sql: string): string | undefined {
    const known = recent.get(sql);
    if (known !== undefined) return known;
    const before = older.get(sql);
    if (recent.size >= seen) {
      older = recent;
      recent = new Map();
    }
    // Never again of another text.
    count += 1;
    recent.set(sql, before ?? `s${count}`);
    return before;
  }

  return {
    find(client, sql) {
      const name = sql.length > MAX_LENGTH ? undefined : note(sql);
      if (name === undefined) return undefined;
      const names = keptBy.get(client) ?? new Set();
      keptBy.set(client, names.add(name));
      return name;
    },
    isFull: (client) => (keptBy.get(client)?.size ?? 0) >= kept,
  };
}

/** Those of the past are longer, and seldom come again. */
const MAX_LENGTH = 10_000;
/** Ten megabytes of text at most. */
const MAX_SEEN = 500;
/** Some eighty of our own, and what a busy minute asks; each takes Postgres some 50 kB. */
const MAX_KEPT = 200;
