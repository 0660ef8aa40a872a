import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { toOffset } from '../../indexer/telemetry/gateway/openSession.js';
import { toSlot } from '../../schema/heartbeat/slots.js';
import { createRandom } from '../simulation/createRandom.js';
import { eventually, openGatewayWorld, toAccount, toNativeId } from './openGatewayWorld.js';
import { type AgentProcess, startAgent } from './startAgent.js';

/** The agent as a process, before a real gateway and a real Postgres, in real time. */
describe('computescan agent before a gateway', () => {
  let folder: string;
  let world: Awaited<ReturnType<typeof openGatewayWorld>>;
  let url: string;
  let running: AgentProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'computescan-agent-'));
    world = await openGatewayWorld();
    const now = toSlot(Date.now());
    await ensureSlots(world.pool, now - 10, now + 60);
    ({ url } = await world.startGateway({ runtime: systemRuntime }));
  });

  afterAll(async () => {
    running?.kill('SIGKILL');
    await running?.exited;
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function addNode(account: number) {
    const native = toNativeId(toAccount(account));
    const id = await world.addNode(native, { time: new Date(Date.now() - 86_400_000) });
    const keyFile = join(folder, `${account}.key`);
    await writeFile(keyFile, account.toString(16).padStart(64, '0'), { mode: 0o600 });
    const args = ['--network', world.network.definition.id, '--node', id, '--key-file', keyFile];
    return { id, args: [...args, '--state-dir', join(folder, `${account}`)] };
  }

  const listBeats = (id: string) =>
    world.rows(
      `select slot, count(*)::integer as beats from heartbeat join heartbeat_node using (node_key)
       where node_id = '${id}' group by slot order by slot`,
    );

  it('killed at any time and started again within the window, with answers that are lost: no slot lost, none doubled', async () => {
    // One that beats early in its minute, so that two minutes pass soon.
    let account = 1;
    while (toOffset(`${world.network.definition.id}:${toNativeId(toAccount(account))}`) > 5_000) account += 1;
    const { id, args } = await addNode(account);
    const line = await openBadLine(url);
    const random = createRandom(Date.now() % 1_000, 'kills');
    try {
      let kills = 0;
      while (kills < 4 || (await listBeats(id)).length < 2) {
        running = startAgent(['--gateway', line.url, ...args]);
        await new Promise((resolve) => setTimeout(resolve, random.between(900, 4_000)));
        running.kill('SIGKILL');
        expect(await running.exited).toBeNull();
        kills += 1;
      }
      line.heal();
      running = startAgent(['--gateway', line.url, ...args]);
      expect(await eventually(() => running?.output().includes('is open until') ?? false)).toBe(true);
      running.kill('SIGTERM');
      expect(await running.exited).toBe(0);
      expect(line.lost()).toBeGreaterThan(0);
    } finally {
      await line.close();
    }
    const beats = await listBeats(id);
    const slots = beats.map(({ slot }) => slot);
    expect(slots).toEqual(slots.map((_, at) => slots[0] + at));
    expect(beats.map((row) => row.beats)).toEqual(slots.map(() => 1));
    const [{ up }] = await world.rows(
      `select sum(bit_count(up::bit(64)))::integer as up from node_hour_open join heartbeat_node using (node_key) where node_id = '${id}'`,
    );
    expect(up).toBe(slots.length);
    // Honest all the way: no clone, no equivocation, no counter used twice.
    expect(await world.rows('select reason from beat_flag')).toEqual([]);
  }, 180_000);

  it('announces maintenance, and takes its delegation back by the session key', async () => {
    const { id, args } = await addNode(70_001);
    const run = async (...more: string[]) => {
      running = startAgent([...more, '--gateway', url, ...args]);
      return { code: await running.exited, output: running.output() };
    };
    expect(await run('--once')).toMatchObject({ code: 0 });
    const minute = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)}Z`;
    const announced = await run('maintenance', '--from', minute(2), '--to', minute(2 + 1 / 24));
    expect(announced).toMatchObject({
      code: 0,
      output: expect.stringContaining(`Maintenance of ${id} is announced`),
    });
    expect(await run('maintenance', '--from', minute(0.5), '--to', minute(0.6))).toMatchObject({
      code: 1,
      output: expect.stringMatching(/refused it \(TOO_SOON\)/),
    });
    const notices = await world.rows('select to_slot - from_slot as slots from maintenance_notice');
    expect(notices).toEqual([{ slots: 60 }]);
    running = startAgent(['revoke', '--gateway', url, '--state-dir', join(folder, '70001')]);
    expect(await running.exited).toBe(0);
    const [{ revoked }] = await world.rows(
      `select bool_and(revoked_at is not null) as revoked from delegation where account = '\\x${toNativeId(toAccount(70_001)).slice(2)}'`,
    );
    expect(revoked).toBe(true);
    expect(await listBeats(id)).toEqual([{ slot: expect.any(Number), beats: 1 }]);
  }, 60_000);

  it('says what the gateway has against an account that may not speak for a node', async () => {
    const { id } = await addNode(70_002);
    const { args } = await addNode(70_003);
    running = startAgent(['--gateway', url, ...args.slice(0, 2), '--node', id, ...args.slice(4), '--once']);
    expect(await running.exited).toBe(1);
    expect(running.output()).toMatch(/opens no session \(UNAUTHORISED\): Expected .*Only the node's own account/);
  }, 60_000);
});

/** Hands requests on, and loses every second answer to a batch after the gateway has given it. */
async function openBadLine(target: string) {
  let isBad = true;
  let batches = 0;
  let lost = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const { method } = request;
    const body = method === 'POST' ? new Uint8Array(Buffer.concat(chunks)) : undefined;
    const answer = await fetch(target + request.url, { method, headers: headers as Record<string, string>, body });
    const text = await answer.text();
    if (request.url === '/v1/heartbeats') batches += 1;
    if (isBad && batches % 2 === 1 && request.url === '/v1/heartbeats') {
      lost += 1;
      return void request.socket.destroy();
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: () => lost,
    heal() {
      isBad = false;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
