import pg from 'pg';

export default async function stop() {
  const { testPostgres, testTemplate } = globalThis;
  if (testTemplate && !testPostgres) await dropTemplate(testTemplate);
  if (!testPostgres) return;
  const { dropPostgres } = await import('../dist/cli/postgres/openPostgres.js');
  await testPostgres.postgres.stop();
  await dropPostgres(testPostgres.directory);
}

/** On a server that is not ours nothing is left behind. */
async function dropTemplate({ server, name }) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`drop database ${name}`);
  await client.end();
}
