export default async function stop() {
  const { testPostgres } = globalThis;
  if (!testPostgres) return;
  const { dropPostgres } = await import('../dist/cli/postgres/openPostgres.js');
  await testPostgres.postgres.stop();
  await dropPostgres(testPostgres.directory);
}
