import { readFileSync } from 'node:fs';
import { type AbiEvent, parseAbi, toEventSignature } from 'viem';
import { fullEvents } from '../../schema/protocols/abis/computeMarket.js';
import { computeMarketAbi } from './computeMarketArtifact.js';

describe('the contract that the devnet deploys', () => {
  it('is what the compiler makes of ComputeMarket.sol; else run `node devnet/contracts/writeArtifact.mjs`', async () => {
    const { renderArtifact } = await import('./renderArtifact.mjs' as string);
    const file = new URL('computeMarketArtifact.ts', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(renderArtifact());
  }, 60_000);

  it('emits the events that the indexer knows as the full interface, with the same arguments indexed', () => {
    const toText = (event: AbiEvent) =>
      `${toEventSignature(event)} ${event.inputs.map(({ name, indexed }) => `${name}${indexed ? '*' : ''}`).join()}`;
    const emitted = computeMarketAbi.filter((item) => item.type === 'event');
    expect(emitted.map(toText).sort()).toEqual(parseAbi(fullEvents).map(toText).sort());
  });
});
