import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Small, and joined from everywhere: a copy on every machine. */
export const referenceTables = [
  'heartbeat_node',
  'observer',
  'observer_slot',
  'delegation',
  'network_hour',
  'network_day',
];

/** What grows with nodes, each with the column by which it is spread; those of one column lie beside each other. */
export const distributedTables: Readonly<Record<string, string>> = {
  heartbeat: 'node_key',
  node_hour_open: 'node_key',
  node_hour: 'node_key',
  node_verdict: 'node_key',
  node_day: 'node_key',
  node_standing: 'node_key',
  beat_flag: 'node_key',
  node_hardware: 'node_key',
  maintenance_notice: 'node_key',
  beat_batch: 'delegation_key',
};

/**
 * Spreads the tables of heartbeats over several machines where the database brings Citus (13.2 and later), which whoever runs a
 * fleet supplies; elsewhere it does nothing. The statements are the same either way.
 */
export class Distribution1700000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...referenceTables.map((table) => `perform create_reference_table('${table}');`),
      ...Object.entries(distributedTables).map(([table, column]) => {
        const [first] = Object.entries(distributedTables).find(([, other]) => other === column) ?? [table];
        const beside = first === table ? 'none' : first;
        return `perform create_distributed_table('${table}', '${column}', colocate_with => '${beside}');`;
      }),
    ];
    await runner.query(toBlock('create_distributed_table', statements));
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [...Object.keys(distributedTables), ...referenceTables];
    await runner.query(
      toBlock(
        'undistribute_table',
        tables.map((table) => `perform undistribute_table('${table}');`),
      ),
    );
  }
}

/** Names of functions are looked up when a statement runs, so those of Citus may be absent. */
function toBlock(needed: string, statements: readonly string[]): string {
  return `do $do$ begin
    if not exists (select from pg_proc where proname = '${needed}') then return; end if;
    ${statements.join('\n    ')}
  end $do$`;
}
