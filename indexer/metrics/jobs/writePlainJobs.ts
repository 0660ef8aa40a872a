import type { RollContext } from '../roll/RollStep.js';
import { toClass } from './jobTables.js';
import { sql } from './sql.js';
import { type SizedJob, toLots } from './toLots.js';

/**
 * At a rebuild: writes the outcomes of all jobs of the plain shape (insertPlain.sql), so many jobs at a time, and gives those
 * that are left for `foldJob`, in lots. Most jobs are plain, and one that is read and told by itself costs several times as much.
 */
export async function* writePlainJobs(context: RollContext): AsyncGenerator<readonly string[]> {
  const { client, network, head, signal } = context;
  const models = await listModels(context);
  const { rows: ends } = await client.query<{ id: string }>(listEnds, [network.id, JOBS]);
  for (const [at, { id }] of ends.entries()) {
    signal?.throwIfAborted();
    const { rows } = await client.query<SizedJob>(sql.insertPlain, [
      ...[network.id, ends[at - 1]?.id ?? '', id, head.height],
      ...[models, models.map(toClass), toClass(null)],
    ]);
    yield* toLots(rows);
  }
}

/** Jobs that one statement takes. */
const JOBS = 20_000;

const listEnds = `
  select id from (
    select id, row_number() over (order by id) as number, lead(id) over (order by id) is null as is_last
    from job where network_id = $1
  ) as numbered
  where number % $2 = 0 or is_last
  order by id
`;

/** How machines write their models, so far as they are few: anybody may write one of his own, and such a job is told by itself. */
async function listModels({ client, network }: RollContext): Promise<readonly string[]> {
  const { rows } = await client.query<{ model: string }>(
    `select distinct v.gpu_model as model from node n join node_version v on v.node_id = n.id
     where n.network_id = $1 and v.gpu_model is not null limit $2`,
    [network.id, MAX_MODELS],
  );
  return rows.map(({ model }) => model);
}

const MAX_MODELS = 10_000;
