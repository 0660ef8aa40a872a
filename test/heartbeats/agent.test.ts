import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toAnchor } from '../../schema/heartbeat/anchor.js';
import { createSigner } from '../../schema/heartbeat/createSigner.js';
import { toSlot } from '../../schema/heartbeat/slots.js';
import { hashMessage } from '../../schema/heartbeat/typedData.js';
import type { Hex } from '../../schema/lib/hex.js';
import { recoverSigner } from '../../schema/lib/recoverSigner.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { openScriptedGateway, type ScriptedGateway } from './openScriptedGateway.js';
import { type AgentProcess, startAgent } from './startAgent.js';

const network = 'marlin-arbitrum';
const anchor = toAnchor(getNetwork(network).definition);
const privateKey: Hex = `0x${'11'.repeat(32)}`;
const signer = createSigner(privateKey);

describe('computescan agent', () => {
  let folder: string;
  let gateway: ScriptedGateway;
  let keyFile: string;
  let running: AgentProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'computescan-agent-'));
    gateway = await openScriptedGateway(anchor);
    keyFile = join(folder, 'node.key');
    await writeFile(keyFile, `${privateKey}\n`, { mode: 0o600 });
  });

  afterEach(async () => {
    for (const agent of running) agent.kill('SIGKILL');
    await Promise.all(running.map(({ exited }) => exited));
    running = [];
    await gateway.close();
    await rm(folder, { recursive: true, force: true });
  });

  const where = () => ['--gateway', gateway.url, '--network', network, '--state-dir', join(folder, 'state')];
  const start = (args: readonly string[], variables?: Readonly<Record<string, string>>) => {
    const agent = startAgent(args, variables);
    running.push(agent);
    return agent;
  };
  const run = async (args: readonly string[], variables?: Readonly<Record<string, string>>) => {
    const agent = start(args, variables);
    return { code: await agent.exited, output: agent.output() };
  };
  const beating = (...more: readonly string[]) => start([...where(), '--node', '0xAB', '--key-file', keyFile, ...more]);

  it('sends one signed beat with what the machine does, keeps its files to itself, and ends', async () => {
    const nodes = ['--node', '0xAB', '--node', `${network}:0xcd`];
    const args = [...where(), ...nodes, '--key-file', keyFile, '--once', '--readings'];
    const { code, output } = await run(args);
    expect(output).toContain(`Beats of 2 nodes on ${network} go to ${gateway.url}, in the name of ${signer.account}.`);
    expect(code).toBe(0);
    expect(gateway.sessions).toMatchObject([
      { nodes: [`${network}:0xab`, `${network}:0xcd`], account: signer.account },
    ]);
    expect(gateway.batches).toMatchObject([{ envelope: { counter: 1 }, beats: [{ node: 0 }, { node: 1 }] }]);
    for (const beat of gateway.batches[0]?.beats ?? []) {
      expect(beat.slot).toBe(toSlot(beat.sentAt));
      expect(beat.utilPermille).toEqual(expect.any(Number));
      expect(beat.memoryPermille).toEqual(expect.any(Number));
    }
    for (const file of ['session.key', 'state.json']) {
      expect((await stat(join(folder, 'state', file))).mode & 0o077).toBe(0);
    }
  });

  it('takes GPU readings from nvidia-smi before those of the processors', async () => {
    const command = join(folder, 'nvidia-smi');
    await writeFile(command, '#!/bin/sh\necho "NVIDIA L4, 23034, 11517, 42"\necho "NVIDIA L4, 23034, 0, [N/A]"\n');
    await chmod(command, 0o755);
    await run([...where(), '--node', '0xab', '--key-file', keyFile, '--once'], { AGENT_NVIDIA_SMI: command });
    expect(gateway.batches[0]?.beats).toMatchObject([
      { utilPermille: 420, memoryPermille: 250, hardware: { gpuModel: 'NVIDIA L4', gpuCount: 2, vramMb: 23_034 } },
    ]);
  });

  it('says nothing of the machine when the nodes run on others', async () => {
    await run([...where(), '--node', '0xab', '--key-file', keyFile, '--once', '--no-readings']);
    expect(Object.keys(JSON.parse(gateway.batches[0]?.body ?? '{}').beats[0])).toEqual(['node', 'slot', 'sentAt']);
  });

  it('sends no readings for several nodes unless it is told that all run on this machine', async () => {
    const args = [...where(), '--node', '0xab', '--node', '0xcd', '--key-file', keyFile, '--once'];
    const { output } = await run(args);
    expect(output).toMatch(/No load and hardware are sent.*--readings/);
    for (const beat of JSON.parse(gateway.batches[0]?.body ?? '{}').beats)
      expect(Object.keys(beat)).toEqual(['node', 'slot', 'sentAt']);
    const said = await run([...args, '--dry-run'], { AGENT_READINGS: 'on' });
    const [, { body }] = JSON.parse(said.output.slice(said.output.indexOf('[')));
    expect(body.beats).toMatchObject([0, 1].map((node) => ({ node, memoryPermille: expect.any(Number) })));
  });

  it('beats without the account key under what a wallet signed once', async () => {
    const asked = await run([
      'delegate',
      ...where().slice(2),
      '--node',
      '0xab',
      '--account',
      signer.account,
      '--days',
      '3',
    ]);
    expect(asked.code).toBe(0);
    const typedData = JSON.parse(asked.output.slice(asked.output.indexOf('{'), asked.output.lastIndexOf('}') + 1));
    expect(typedData.message).toMatchObject({ node: signer.account, scope: [`${network}:0xab`] });
    expect(typedData.types.EIP712Domain).toHaveLength(4);
    const { EIP712Domain: _, ...types } = typedData.types;
    const signature = await signer.sign({ ...typedData, types });
    expect(await run([...where(), '--once'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/Expected a right to speak/),
    });
    expect(await run(['delegate', ...where().slice(2), '--signature', signature])).toMatchObject({ code: 0 });
    const once = await run([...where(), '--once']);
    expect(once.output).toMatch(/The delegation ends in 3\.0 days/);
    expect(once.code).toBe(0);
    expect(gateway.sessions).toMatchObject([{ signature, nodes: [`${network}:0xab`] }]);
    expect(gateway.batches).toHaveLength(1);
  });

  it('killed after sending and before the answer: sends the same bytes again, and no second beat for the minute', async () => {
    gateway.script.push(...Array(400).fill('silent'));
    const first = beating();
    await gateway.until(() => gateway.batches.length >= 2);
    first.kill('SIGKILL');
    await first.exited;
    gateway.script.length = 0;
    const before = gateway.batches.length;
    const second = beating();
    await gateway.until(() => gateway.batches.length > before);
    await gateway.until(() => second.output().includes('One batch waited'));
    second.kill('SIGTERM');
    expect(await second.exited).toBe(0);
    const slots = new Set(gateway.batches.map(({ envelope }) => envelope.firstSlot));
    for (const slot of slots) {
      const bytes = gateway.batches
        .filter(({ envelope }) => envelope.firstSlot === slot)
        .map(({ body, signature }) => body + signature);
      expect(new Set(bytes).size).toBe(1);
    }
    expect(JSON.parse(await readFile(join(folder, 'state/state.json'), 'utf8')).waiting).toEqual([]);
  });

  it('SIGTERM: keeps what the gateway did not take, and exits with 0', async () => {
    gateway.script.push(...Array(4_000).fill('BUSY'));
    const agent = beating();
    await gateway.until(() => gateway.batches.length > 0);
    agent.kill('SIGTERM');
    expect(await agent.exited).toBe(0);
    expect(agent.output()).toMatch(/One batch left in the state directory/);
    const { waiting } = JSON.parse(await readFile(join(folder, 'state/state.json'), 'utf8'));
    expect(waiting).toMatchObject([{ sealed: { body: gateway.batches[0]?.body } }]);
  });

  it('tells what was refused, why, and what to do', async () => {
    gateway.script.push('FUTURE');
    const dropped = await run([...where(), '--node', '0xab', '--key-file', keyFile, '--once']);
    expect(dropped.code).toBe(1);
    expect(dropped.output).toMatch(
      /The beat of marlin-arbitrum:0xab for \S+Z was given up \(FUTURE\): The script says FUTURE\. This clock is more than 5 s ahead: let NTP set it\./,
    );
    gateway.sessionScript.push('UNREGISTERED');
    const refused = await run([...where(), '--node', '0xab', '--key-file', keyFile, '--once']);
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/The gateway opens no session \(UNREGISTERED\): .*Check --network and --node/);
  });

  it('tells by how much its clock is wrong', async () => {
    gateway.clockMs = 3_400;
    const { output } = await run([...where(), '--node', '0xab', '--key-file', keyFile, '--once']);
    expect(output).toMatch(/This machine's clock is 3\.\d s behind the gateway's/);
  });

  it('runs once on a state directory', async () => {
    const first = beating();
    await gateway.until(() => gateway.batches.length > 0);
    const second = await beating();
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(new RegExp(`Expected no other agent on .*, found process ${first.pid}`));
  });

  it('--dry-run prints what would be sent, and sends nothing', async () => {
    const { code, output } = await run([...where(), '--node', '0xab', '--key-file', keyFile, '--dry-run']);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject([
      { url: `${gateway.url}/v1/sessions`, body: { account: signer.account } },
      { url: `${gateway.url}/v1/heartbeats`, body: { beats: [{ node: 0 }] } },
    ]);
    expect(gateway.sessions).toHaveLength(0);
  });

  it('announces maintenance, by the key or by a wallet', async () => {
    const times = ['--from', '2030-01-31T22:00Z', '--to', '2030-01-31T23:30+00:00'];
    const announce = (...more: string[]) => run(['maintenance', ...where(), '--node', '0xab', ...times, ...more]);
    expect(await announce('--key-file', keyFile)).toMatchObject({ code: 0 });
    const asked = await announce('--account', signer.account);
    const { EIP712Domain: _, ...types } = JSON.parse(asked.output.slice(0, asked.output.lastIndexOf('}') + 1)).types;
    const typedData = JSON.parse(asked.output.slice(0, asked.output.lastIndexOf('}') + 1));
    const signature = await signer.sign({ ...typedData, types });
    expect(await announce('--account', signer.account, '--signature', signature)).toMatchObject({ code: 0 });
    expect(gateway.notices).toHaveLength(2);
    expect(gateway.notices[0]).toEqual(gateway.notices[1]);
    const { path, body } = gateway.notices[0] as (typeof gateway.notices)[number];
    expect(path).toBe('/v1/maintenance');
    const hash = hashMessage(anchor, 'Maintenance', {
      node: signer.account,
      scope: [`${network}:0xab`],
      startsAt: BigInt(Date.UTC(2030, 0, 31, 22) / 1_000),
      endsAt: BigInt(Date.UTC(2030, 0, 31, 23, 30) / 1_000),
    });
    expect(await recoverSigner(hash, body.signature as Hex)).toBe(signer.account);
    gateway.sessionScript.push('TOO_SOON');
    expect(await announce('--key-file', keyFile)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/refused it \(TOO_SOON\).*24 hours ahead/),
    });
  });

  it('takes a delegation back, by the account or by the session key itself', async () => {
    await run([...where(), '--node', '0xab', '--key-file', keyFile, '--once']);
    const delegation = gateway.batches[0]?.envelope.delegation;
    const own = await run(['revoke', '--gateway', gateway.url, '--state-dir', join(folder, 'state')]);
    expect(own).toMatchObject({ code: 0, output: expect.stringContaining(`Delegation ${delegation} is revoked from`) });
    expect(await run(['revoke', ...where(), '--key-file', keyFile])).toMatchObject({ code: 0 });
    expect(gateway.notices.map(({ path, body }) => [path, body.delegation, String(body.signature).length])).toEqual([
      ['/v1/revocations', delegation, 130],
      ['/v1/revocations', delegation, 132],
    ]);
  });

  describe('says in one sentence what is wrong with', () => {
    const expectSentence = async (args: readonly string[], sentence: RegExp, code = 1) => {
      const { code: exit, output } = await run(args);
      expect(output).toMatch(sentence);
      expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
      expect(exit).toBe(code);
    };
    const node = ['--node', '0xab'];

    it('no gateway, and one that is none', async () => {
      await expectSentence(
        ['--network', network, ...node, '--key-file', keyFile, '--once'],
        /Expected the URL of a gateway/,
      );
      await expectSentence(
        ['--gateway', 'ftp://x', '--once'],
        /AGENT_GATEWAY: expected an http or https URL.*"ftp:\/\/x"/,
      );
    });

    it('a network nobody knows, no node, and one of another network', async () => {
      const key = ['--gateway', gateway.url, '--key-file', keyFile];
      await expectSentence([...key, '--network', 'atlantis', ...node], /got "atlantis"/);
      await expectSentence([...key, '--network', network], /Expected from 1 to 1000 nodes, got 0: give --node/);
      await expectSentence(
        [...key, '--network', network, '--node', 'iexec-arbitrum:0xab'],
        /Expected nodes of marlin-arbitrum/,
      );
    });

    it('a key that others may read, that is none, or is not there', async () => {
      await chmod(keyFile, 0o640);
      await expectSentence(
        [...where(), ...node, '--key-file', keyFile],
        /for its owner's eyes only, got mode 0640: run `chmod 600/,
      );
      await chmod(keyFile, 0o600);
      await writeFile(keyFile, '{"version":3}');
      await expectSentence(
        [...where(), ...node, '--key-file', keyFile],
        /64 hexadecimal digits, got JSON \(a keystore\?\)/,
      );
      await writeFile(keyFile, '00'.repeat(32));
      await expectSentence([...where(), ...node, '--key-file', keyFile], /32 bytes that are none/);
      await expectSentence(
        [...where(), ...node, '--key-file', join(folder, 'none')],
        /Expected a key in .*none: ENOENT/,
      );
    });

    it('an option that is none, and times that are none', async () => {
      await expectSentence(['--gatway', 'x'], /unknown option '--gatway'.*(\n.*)*Did you mean --gateway/, 2);
      const maintenance = ['maintenance', ...where(), ...node, '--key-file', keyFile];
      await expectSentence(
        [...maintenance, '--from', 'tomorrow', '--to', '2030-01-01T00:00Z'],
        /Expected a time such as .*"tomorrow"/,
      );
      await expectSentence(
        [...maintenance, '--from', '2030-01-01T00:00:30Z', '--to', '2030-01-01T01:00Z'],
        /Expected whole minutes/,
      );
      await expectSentence(
        [...maintenance, '--from', '2030-01-01T02:00Z', '--to', '2030-01-01T01:00Z'],
        /an end after the start/,
      );
    });
  });
});
