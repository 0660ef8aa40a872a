import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blockGasLimit, findAnvil, reservePort, startAnvil } from './anvil.js';
import { type EmptyChain, startEmptyChain } from './emptyChain.js';

let folder: string;
const chains: EmptyChain[] = [];

async function openChain(): Promise<EmptyChain> {
  const chain = await startEmptyChain({ timestamp: 1_763_700_000, gasLimit: blockGasLimit });
  chains.push(chain);
  return chain;
}

const toPort = ({ url }: EmptyChain) => Number(new URL(url).port);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'anvil-'));
});

afterEach(() => {
  for (const chain of chains.splice(0)) chain.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('anvil', () => {
  it('goes to the next free port when another server that answers as a chain has taken the first', async () => {
    const [ours, other] = [await openChain(), await openChain()];
    const ports = [toPort(other), toPort(ours)];
    const findPort = async (wanted: number) => ports.shift() ?? (await reservePort(wanted));
    const place = { binary: findAnvil() ?? '', folder, forkUrl: ours.url, keptStates: 0 };
    const anvil = await startAnvil(place, findPort);
    try {
      expect([toPort(other), toPort(ours)]).not.toContain(anvil.port);
      expect(await anvil.rpc.call('web3_clientVersion')).toMatch(/^anvil/);
    } finally {
      await anvil.stop();
    }
  });

  it('is not taken for another anvil on its port', async () => {
    const [ours, theirs] = [await openChain(), await openChain()];
    const place = { binary: findAnvil() ?? '', folder, keptStates: 0 };
    const other = await startAnvil({ ...place, forkUrl: theirs.url });
    const started = startAnvil({ ...place, forkUrl: ours.url, port: other.port }, async (wanted) => wanted);
    await expect(started).rejects.toThrow(/Expected anvil to start on port \d+, got ".*in use/);
    await other.stop();
  });
});
