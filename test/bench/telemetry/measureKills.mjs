import { sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Agent, request } from 'undici';
import { headerNames, toHeaders, toSignedBytes } from '../../../dist/schema/heartbeat/envelope.js';
import { toSlot } from '../../../dist/schema/heartbeat/slots.js';
import { NODES_PER_SESSION, seedWorld, toBeacon, toDelegationId, toPrivateKey } from './seedWorld.mjs';
import { startGateway, untilReady } from './startGateway.mjs';

const SESSIONS = 20;
const BATCH = 10;
const SENDERS = 40;
/** A process is killed so long after it is ready, at the latest. */
const LIFE_MS = 700;

/**
 * SIGKILL of the telemetry process, gateway and writer, again and again under load. Senders do as the protocol says: what was not
 * answered is sent again, byte for byte. What was acknowledged must be in the database once.
 */
export async function measureKills({ server, port, kills, workFolder, say }) {
  const databaseUrl = await server.createDatabase('bench_telemetry');
  await seedWorld(databaseUrl, { sessions: SESSIONS, mac: false });
  const url = `http://127.0.0.1:${port}`;
  const load = createLoad(url);
  let gateway = startGateway({ databaseUrl, port, workFolder });
  try {
    await untilReady(url, gateway);
    load.start();
    for (let kill = 0; kill < kills; kill++) {
      await sleep(50 + Math.random() * LIFE_MS);
      gateway.kill();
      await gateway.ended;
      gateway = startGateway({ databaseUrl, port, workFolder });
      await untilReady(url, gateway);
      if (kill % 10 === 9) say(`kills: ${kill + 1}, acknowledged ${load.acknowledged.size}`);
    }
    await load.stop();
    return { kills, sent: load.sent(), resent: load.resent(), ...(await compare(databaseUrl, load.acknowledged)) };
  } finally {
    await load.stop();
    await gateway.stop();
  }
}

function createLoad(url) {
  const dispatcher = new Agent({ connections: SENDERS, pipelining: 1 });
  const keys = Array.from({ length: SESSIONS }, (_, session) => toPrivateKey(session));
  const counters = new Array(SESSIONS).fill(0);
  /** `session counter` of what was answered 200. */
  const acknowledged = new Set();
  let [sent, resent, next, isStopping] = [0, 0, 0, false];
  let running = [];

  function makeBatch() {
    const number = next++;
    const session = number % SESSIONS;
    const group = Math.floor(number / SESSIONS) % (NODES_PER_SESSION / BATCH);
    const now = Date.now();
    const slot = toSlot(now);
    const beats = Array.from({ length: BATCH }, (_, index) => ({ node: group * BATCH + index, slot, sentAt: now }));
    const body = Buffer.from(JSON.stringify({ beats }));
    counters[session] += 1;
    const envelope = {
      ...{ delegation: toDelegationId(session), counter: counters[session] },
      ...{ firstSlot: slot, lastSlot: slot, beacon: toBeacon() },
    };
    const signature = `0x${sign(null, toSignedBytes(envelope, body), keys[session]).toString('hex')}`;
    const headers = { 'content-type': 'application/json', ...toHeaders(envelope), [headerNames.signature]: signature };
    return { key: `${session + 1} ${counters[session]}`, headers, body };
  }

  async function send() {
    while (!isStopping) {
      const { key, headers, body } = makeBatch();
      sent += 1;
      for (let attempt = 0; !isStopping; attempt++) {
        if (attempt > 0) resent += 1;
        const status = await post(headers, body);
        if (status === 200 || status === 409) {
          // 409: its beats are of a minute that has one; stored all the same.
          acknowledged.add(key);
          break;
        }
        if (status !== undefined && status < 500 && status !== 429) break;
        await sleep(20);
      }
      await sleep(15);
    }
  }

  async function post(headers, body) {
    try {
      const answer = await request(`${url}/v1/heartbeats`, {
        method: 'POST',
        dispatcher,
        headers,
        body,
        headersTimeout: 5_000,
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return undefined;
    }
  }

  return {
    acknowledged,
    sent: () => sent,
    resent: () => resent,
    start() {
      running = Array.from({ length: SENDERS }, send);
    },
    async stop() {
      isStopping = true;
      await Promise.all(running);
      await dispatcher.close().catch(() => undefined);
    },
  };
}

async function compare(databaseUrl, acknowledged) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select delegation_key || ' ' || counter as key, count(*)::int as beats from heartbeat group by 1`,
    );
    const stored = new Map(rows.map(({ key, beats }) => [key, beats]));
    const lost = [...acknowledged].filter((key) => stored.get(key) === undefined).length;
    const doubled = [...stored.values()].filter((beats) => beats !== BATCH).length;
    const { rows: holes } = await client.query(
      `select count(*)::int as count from heartbeat b
       left join node_hour_open h on h.node_key = b.node_key and h.hour = b.slot / 60 and h.observer = b.observer
       where coalesce((h.up | h.late) & (1::bigint << (b.slot % 60)), 0) = 0
         and not exists (select from node_hour c where c.node_key = b.node_key and c.hour = b.slot / 60)`,
    );
    return { acknowledged: acknowledged.size * BATCH, lost, doubled, holes: holes[0].count };
  } finally {
    await client.end();
  }
}
