import pg from 'pg';
import { migrate } from '../../../dist/schema/database.js';
import { say } from '../run/rows.mjs';

/**
 * A database that is made once and kept: `make` fills it, and its comment says of what size it is. Another size, or a filling that was cut
 * short, is made anew.
 *
 * @returns {Promise<string>} its URL
 */
export async function openKept(server, { name, size, make }) {
  const wanted = JSON.stringify(size);
  const url = server.urlOf(name);
  if ((await readComment(server, name)) === wanted) {
    // It may be of an older version.
    await migrate(url);
    return url;
  }
  say(`${name}: ${wanted} is written once and kept …`);
  const began = performance.now();
  await server.createDatabase(name);
  await make(url);
  await run(url, `comment on database ${name} is '${wanted}'`);
  say(`${name}: written in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  return url;
}

async function readComment(server, name) {
  const { rows } = await run(
    server.url,
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = '${name}'`,
  );
  return rows[0]?.comment;
}

export async function run(url, sql, parameters = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql, parameters);
  } finally {
    await client.end();
  }
}
