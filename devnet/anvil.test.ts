import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Anvil, type AnvilOptions, blockGasLimit, findAnvil, reservePort, startAnvil } from './anvil.js';
import { type EmptyChain, startEmptyChain } from './emptyChain.js';

let folder: string;
const chains: EmptyChain[] = [];
const anvils: Anvil[] = [];

async function openChain(): Promise<EmptyChain> {
  const chain = await startEmptyChain({ timestamp: 1_763_700_000, gasLimit: blockGasLimit });
  chains.push(chain);
  return chain;
}

/** Ended after the test, however it ends. */
async function start(chain: EmptyChain, options: Pick<AnvilOptions, 'port'> = {}, findPort = reservePort) {
  const place = { binary: findAnvil() ?? '', folder, forkUrl: chain.url, keptStates: 0 };
  const anvil = await startAnvil({ ...place, ...options }, findPort);
  anvils.push(anvil);
  return anvil;
}

const toPort = ({ url }: EmptyChain) => Number(new URL(url).port);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'anvil-'));
});

afterEach(async () => {
  for (const anvil of anvils.splice(0)) await anvil.stop();
  for (const chain of chains.splice(0)) chain.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('anvil', () => {
  it('goes to the next free port when another server that answers as a chain has taken the first', async () => {
    const [ours, other] = [await openChain(), await openChain()];
    const ports = [toPort(other), toPort(ours)];
    const findPort = async (wanted: number) => ports.shift() ?? (await reservePort(wanted));
    const anvil = await start(ours, {}, findPort);
    expect([toPort(other), toPort(ours)]).not.toContain(anvil.port);
    expect(await anvil.rpc.call('web3_clientVersion')).toMatch(/^anvil/);
  });

  it('is not taken for another anvil on its port', async () => {
    const [ours, theirs] = [await openChain(), await openChain()];
    const { port } = await start(theirs);
    const started = start(ours, { port }, async (wanted) => wanted);
    await expect(started).rejects.toThrow(/Expected anvil to start on port \d+, got ".*in use/);
  });
});
