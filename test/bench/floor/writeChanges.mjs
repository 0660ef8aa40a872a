import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';

/** Changes and progress in one transaction: COPY for what is new, one update per table for what changed. */
export async function writeChanges(client, changes, progress) {
  await client.query('begin');
  await copy(client, 'event', changes.events);
  await copy(client, 'stake', changes.stakes);
  await copy(client, 'payout', changes.payouts);
  await copy(client, 'job', Array.from(changes.newJobs, toJob));
  await updateJobs(client, [...changes.jobs]);
  await mergeNodes(client, [...changes.nodes]);
  await client.query({ name: 'progress', text: 'update progress set height = $1, events = $2', values: progress });
  await client.query('commit');
}

const bytes = (hex) => (hex === undefined ? '\\N' : `\\\\x${hex.slice(2)}`);
const orNull = (value) => (value === undefined ? '\\N' : value);

const toJob = (job) =>
  `${job.id}\t${bytes(job.client)}\t${bytes(job.specHash)}\t${job.budget}\t${job.status}\t${bytes(job.node)}\t${orNull(job.price)}\t${orNull(job.paid)}\t${bytes(job.resultHash)}\t${orNull(job.reason)}\t${job.created}\t${orNull(job.assigned)}\t${orNull(job.ended)}\t${bytes(job.txHash)}\n`;

async function copy(client, table, lines) {
  if (lines.length === 0) return;
  const stream = client.query(copyFrom(`copy ${table} from stdin`));
  stream.end(lines.join(''));
  await once(stream, 'finish');
}

const toHexLiteral = (hex) => (hex === undefined ? null : `\\x${hex.slice(2)}`);
const toText = (value) => (value === undefined ? null : String(value));

async function updateJobs(client, jobs) {
  if (jobs.length === 0) return;
  const values = (pick, convert = toText) => jobs.map((job) => convert(pick(job)));
  await client.query({
    name: 'jobs',
    text: `update job set status = c.status, node_id = c.node_id, price = c.price, paid = c.paid,
        result_hash = c.result_hash, reason = c.reason, assigned = c.assigned, ended = c.ended
      from unnest($1::bigint[], $2::text[], $3::bytea[], $4::numeric[], $5::numeric[], $6::bytea[], $7::integer[],
        $8::bigint[], $9::bigint[]) c (id, status, node_id, price, paid, result_hash, reason, assigned, ended)
      where job.id = c.id`,
    values: [
      values((job) => job.id),
      values((job) => job.status),
      values((job) => job.node, toHexLiteral),
      values((job) => job.price),
      values((job) => job.paid),
      values((job) => job.resultHash, toHexLiteral),
      values((job) => job.reason),
      values((job) => job.assigned),
      values((job) => job.ended),
    ],
  });
}

async function mergeNodes(client, nodes) {
  if (nodes.length === 0) return;
  const values = (pick, convert = toText) => nodes.map((node) => convert(pick(node)));
  await client.query({
    name: 'nodes',
    text: `insert into provider
      select * from unnest($1::bytea[], $2::bytea[], $3::integer[], $4::integer[], $5::text[], $6::numeric[],
        $7::numeric[], $8::numeric[], $9::integer[], $10::integer[], $11::bigint[])
      on conflict (id) do update set price = excluded.price, stake = excluded.stake, paid = excluded.paid,
        done = excluded.done, failed = excluded.failed`,
    values: [
      values((node) => node.id, toHexLiteral),
      values((node) => node.owner, toHexLiteral),
      values((node) => node.model),
      values((node) => node.count),
      values((node) => node.endpoint),
      values((node) => node.price),
      values((node) => node.stake),
      values((node) => node.paid),
      values((node) => node.done),
      values((node) => node.failed),
      values((node) => node.time),
    ],
  });
}
