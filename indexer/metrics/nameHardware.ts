import type { RollStep } from './roll/RollStep.js';
import { toHardwareClass } from './subjects.js';

/**
 * First of all steps: lists which class each GPU model belongs to, as machines of the network have ever written it, in a temporary
 * table `hardware_class` whose rows last as long as the transaction. Statements join it: which words name which GPU is TypeScript's to
 * tell (`matchGpu`). What is not in it is `unknown`.
 */
export const nameHardware: RollStep = async ({ client, network }) => {
  await client.query(
    `create temp table if not exists hardware_class (gpu_model text primary key, class text not null) on commit delete rows`,
  );
  const { rows } = await client.query<{ gpu_model: string }>(
    `select distinct v.gpu_model from node n join node_version v on v.node_id = n.id
     where n.network_id = $1 and v.gpu_model is not null`,
    [network.id],
  );
  const models = rows.map(({ gpu_model }) => gpu_model);
  await client.query('delete from hardware_class');
  await client.query('insert into hardware_class select * from unnest($1::text[], $2::text[])', [
    models,
    models.map(toHardwareClass),
  ]);
  await client.query('analyze hardware_class');
  return [];
};
