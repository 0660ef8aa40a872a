/** Fills tables while they have no trees to keep, and gives these back: many rows are written in a fraction of the time. */
export async function withoutIndexes(client, tables, fill) {
  const { rows } = await client.query(
    `select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as index, c.conname as constraint,
       pg_get_constraintdef(c.oid) as definition, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as statement
     from pg_index i
     join pg_class r on r.oid = i.indexrelid
     join pg_am a on a.oid = r.relam and a.amname = 'btree'
     left join pg_constraint c on c.conindid = i.indexrelid
     where i.indrelid = any ($1::regclass[])`,
    [tables],
  );
  for (const { table, index, constraint } of rows)
    await client.query(constraint ? `alter table ${table} drop constraint ${constraint}` : `drop index ${index}`);
  await fill();
  await client.query("set maintenance_work_mem = '512MB'");
  for (const { table, constraint, definition, statement } of rows)
    await client.query(constraint ? `alter table ${table} add constraint ${constraint} ${definition}` : statement);
}
