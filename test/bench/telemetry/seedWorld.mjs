import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../../dist/schema/database.js';

export const NETWORK = 'compute-market-devnet';
const CHAIN = 31_339;
const BLOCKS = 200;
/** As many as one session may have. */
export const NODES_PER_SESSION = 1_000;
const YEAR_S = 31_536_000;

/**
 * Nodes, their sessions and a chain's last blocks, as an indexer and a gateway would have left them: opening a session is
 * no part of what is measured, so these are written by SQL.
 */
export async function seedWorld(databaseUrl, { sessions, mac }) {
  await migrate(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await seedFacts(client, sessions * NODES_PER_SESSION);
    await seedNodes(client, sessions * NODES_PER_SESSION);
    await seedSessions(client, { sessions, mac });
    await client.query('commit');
    await client.query('vacuum analyze heartbeat_node, delegation, node, provider, block');
  } finally {
    await client.end();
  }
}

/** One provider with so many nodes, registered since then. Returns them as `registerNodes` takes them. */
export async function seedFacts(client, nodes, { hoursAgo = 720 } = {}) {
  await client.query(`insert into chain (chain_id, name, recorded, phase) values ($1, 'Bench', false, 'live')`, [
    CHAIN,
  ]);
  await client.query(
    `insert into network (id, chain_id, protocol, title, summary, recorded, capabilities)
     values ($1, $2, 'compute-market', 'Bench', 'Bench', false, '{}')`,
    [NETWORK, CHAIN],
  );
  await client.query(
    `insert into block (chain_id, height, hash, parent_hash, time)
     select $1, height, sha256(convert_to('block ' || height, 'UTF8')), sha256(convert_to('block ' || height - 1, 'UTF8')),
       now() - make_interval(secs => $2 - height)
     from generate_series(1, $2) as height`,
    [CHAIN, BLOCKS],
  );
  await client.query(
    `insert into provider (id, network_id, chain_id, native_id, height, time, owner, active, last_height, last_time)
     select $1 || ':' || account, $1, $2, account, 1, now() - make_interval(hours => $3), account, true, 1, now()
     from (select '0x' || repeat('19', 20) as account) as one`,
    [NETWORK, CHAIN, hoursAgo],
  );
  await client.query(
    `insert into node (id, network_id, chain_id, native_id, height, time, provider_id, active)
     select $1 || ':0x' || lpad(to_hex(number), 64, '0'), $1, $2, '0x' || lpad(to_hex(number), 64, '0'), 1,
       now() - make_interval(hours => $4), $1 || ':0x' || repeat('19', 20), true
     from generate_series(1, $3) as number`,
    [NETWORK, CHAIN, nodes, hoursAgo],
  );
  return Array.from({ length: nodes }, (_, index) => ({
    nodeId: `${NETWORK}:0x${(index + 1).toString(16).padStart(64, '0')}`,
    networkId: NETWORK,
    providerId: `${NETWORK}:0x${'19'.repeat(20)}`,
  }));
}

async function seedNodes(client, nodes) {
  await client.query(
    `insert into heartbeat_node (node_key, node_id, network_id, provider_id) overriding system value
     select number, $1 || ':0x' || lpad(to_hex(number), 64, '0'), $1, $1 || ':0x' || repeat('19', 20)
     from generate_series(1, $2) as number`,
    [NETWORK, nodes],
  );
}

async function seedSessions(client, { sessions, mac }) {
  const now = Math.floor(Date.now() / 1_000);
  for (let from = 0; from < sessions; from += 200) {
    const some = Array.from({ length: Math.min(200, sessions - from) }, (_, index) => from + index);
    await client.query(
      `insert into delegation (delegation_key, id, kind, network_id, account, public_key, valid_from, valid_to, mac, nodes,
         opened_at) overriding system value
       select session + 1, id, 'session', $1, decode(repeat('19', 20), 'hex'), public_key, $2::bigint, $3::bigint, $4,
         array(select generate_series(session * $5 + 1, (session + 1) * $5)), now()
       from unnest($6::integer[], $7::bytea[], $8::bytea[]) as given (session, id, public_key)`,
      [
        NETWORK,
        now - 3_600,
        now + YEAR_S,
        mac,
        NODES_PER_SESSION,
        some,
        some.map((session) => Buffer.from(toDelegationId(session).slice(2), 'hex')),
        some.map((session) => toPublicKey(session)),
      ],
    );
  }
}

export function toDelegationId(session) {
  return `0x${createHash('sha256').update(`session ${session}`).digest('hex').slice(0, 32)}`;
}

/** Ed25519 keys that both sides can make from a number. */
export function toPrivateKey(session) {
  const seed = createHash('sha256').update(`key ${session}`).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function toPublicKey(session) {
  return createPublicKey(toPrivateKey(session)).export({ format: 'der', type: 'spki' }).subarray(-32);
}

/** The hash of the newest block. */
export function toBeacon() {
  return `0x${createHash('sha256').update(`block ${BLOCKS}`).digest('hex')}`;
}
