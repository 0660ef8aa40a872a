import { keccak256, stringToBytes } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';
import { ethUsdOnArbitrum } from '../../schema/prices/chainlinkFeeds.js';
import { livepeerContractIds } from '../../schema/protocols/livepeer/contractIds.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import type { DecodedLog, RawLog } from '../events/logs.js';
import { createContracts } from './createContracts.js';

const network = getNetwork('0g-compute-mainnet');
const announced: Hex = `0x${'d'.repeat(40)}`;

function announce(serviceName: string): DecodedLog {
  const log = { height: 30_000_000, logIndex: 4 } as RawLog;
  const args = { serviceAddress: announced, serviceName };
  return { log, network, role: 'ledger', name: 'ServiceRegistered', args };
}

describe('factory of several roles', () => {
  it('gives a contract the role that its name begins with', () => {
    const { toAnnouncement } = createContracts([network]);
    expect(toAnnouncement(announce('inference-v2.0'))).toMatchObject({ address: announced, role: 'inference' });
    expect(toAnnouncement(announce('fine-tuning-v1.1'))).toMatchObject({ address: announced, role: 'fineTuning' });
  });

  it('announces nothing under a name that nobody knows', () => {
    const { toAnnouncement } = createContracts([network]);
    for (const name of ['training-v1.0', '', 'my-inference-v1.0'])
      expect(toAnnouncement(announce(name))).toBeUndefined();
  });
});

describe('registry of contracts by the hash of their name', () => {
  const livepeer = getNetwork('livepeer-arbitrum');
  const register = (id: string, contractAddress: string): DecodedLog => ({
    log: { height: 300_000_000, logIndex: 2 } as RawLog,
    network: livepeer,
    role: 'controller',
    name: 'SetContractInfo',
    args: { id, contractAddress, gitCommitHash: `0x${'c'.repeat(40)}` },
  });
  const { Minter, MinterTarget, BondingManager, BondingManagerTarget, L2LPTDataCache } = {
    ...livepeerContractIds,
    MinterTarget: keccak256(stringToBytes('MinterTarget')),
  };

  it('indexes a new address under a known name from its registration on', () => {
    const contracts = createContracts([livepeer]);
    const announcement = contracts.toAnnouncement(register(Minter, announced));
    expect(announcement).toMatchObject({ address: announced, role: 'minter', height: 300_000_000, logIndex: 2 });
    if (announcement) contracts.add(announcement);
    const at = (height: number, logIndex: number) =>
      contracts.find({ address: announced, height, logIndex } as RawLog)?.role;
    expect([at(300_000_000, 1), at(300_000_000, 3), at(300_000_001, 0)]).toEqual([undefined, 'minter', 'minter']);
    contracts.dropAbove(299_999_999);
    expect(contracts.addresses).not.toContain(announced);
  });

  it('leaves an address that is known where it began', () => {
    const contracts = createContracts([livepeer]);
    const known = '0x35bcf3c30594191d53231e4ff333e8a770453e40';
    const announcement = contracts.toAnnouncement(register(BondingManager, known));
    if (announcement) contracts.add(announcement);
    expect(contracts.findHeight(known)).toBe(5_856_381);
  });

  it('indexes no code behind a proxy, no name of others, and nobody', () => {
    const { toAnnouncement } = createContracts([livepeer]);
    for (const id of [BondingManagerTarget, MinterTarget, L2LPTDataCache])
      expect(toAnnouncement(register(id, announced))).toBeUndefined();
    expect(toAnnouncement(register(Minter, `0x${'0'.repeat(40)}`))).toBeUndefined();
  });
});

describe('registry whose tokens are contracts', () => {
  const registered = getNetwork('iexec-arbitrum');
  const zero = `0x${'0'.repeat(40)}`;
  const transfer = (from: string, tokenId: bigint): DecodedLog => ({
    ...{ log: { height: 363_900_000, logIndex: 2 } as RawLog, network: registered, role: 'workerpoolRegistry' },
    ...{ name: 'Transfer', args: { from, to: announced, tokenId } },
  });

  it('announces the contract whose address the minted id is, leading zeros included', () => {
    const { toAnnouncement } = createContracts([registered]);
    expect(toAnnouncement(transfer(zero, 0xabcn))).toMatchObject({
      address: `0x${'0'.repeat(37)}abc`,
      role: 'workerpool',
      height: 363_900_000,
      logIndex: 2,
    });
  });

  it('announces nothing when a token changes hands, nor by an id that is no address', () => {
    const { toAnnouncement } = createContracts([registered]);
    expect(toAnnouncement(transfer(announced, 0xabcn))).toBeUndefined();
    expect(toAnnouncement(transfer(zero, 1n << 160n))).toBeUndefined();
  });
});

describe('contracts of a price feed', () => {
  const feed = ethUsdOnArbitrum;
  const proxy = feed.proxy.toLowerCase() as Hex;
  const [known] = feed.phases.map(({ aggregator }) => aggregator.toLowerCase() as Hex);
  const livepeer = getNetwork('livepeer-arbitrum');
  const another: Network = { ...livepeer, definition: { ...livepeer.definition, id: 'livepeer-another' } };
  const next: Hex = `0x${'e'.repeat(40)}`;
  const at = (address: Hex | undefined, height: number) => ({ address, height, logIndex: 3 }) as RawLog;

  it('stand apart from those of protocols, and are those of the first network that names the feed', () => {
    const contracts = createContracts([livepeer, another]);
    expect(contracts.feedAddresses).toEqual([proxy, known]);
    expect(contracts.addresses).not.toContain(proxy);
    expect(contracts.find(at(known, 7))?.network).toBe(livepeer);
  });

  it('end with their phase: what an aggregator says after the next one began is not the feed', () => {
    const contracts = createContracts([livepeer]);
    const args = { previous: known, latest: next };
    const log = { ...at(proxy, 100), topics: [], data: '0x' } as unknown as RawLog;
    const announcement = contracts.toAnnouncement({
      ...{ log, network: livepeer, role: 'priceFeedProxy', name: 'AggregatorConfirmed', args },
    });
    expect(announcement).toMatchObject({ address: next, role: `priceFeed:${proxy}:`, height: 100, logIndex: 3 });
    if (announcement) contracts.add(announcement);
    const heard = (address: Hex | undefined, height: number) => contracts.find(at(address, height)) !== undefined;
    expect([heard(known, 99), heard(known, 101), heard(next, 99), heard(next, 101)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    contracts.dropAbove(99);
    expect([heard(known, 101), heard(next, 101)]).toEqual([true, false]);
  });

  it('are known by their phase where the proxy was asked', () => {
    const contracts = createContracts([livepeer]);
    contracts.addLearned({ feedId: proxy, phase: 4, address: known ?? '0x', height: 10 });
    contracts.addLearned({ feedId: proxy, phase: 5, address: next, height: 20 });
    const roles = [5, 15, 25].map((height) => contracts.find(at(known, height))?.role);
    expect(roles).toEqual([undefined, `priceFeed:${proxy}:4`, undefined]);
    expect(contracts.find(at(next, 20))?.role).toBe(`priceFeed:${proxy}:5`);
  });
});
