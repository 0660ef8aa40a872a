import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../lib/errors.js';
import { addNetworks, getNetwork, listNetworks } from './protocols.js';
import { readNetworkFile } from './readNetworkFile.js';

const described = {
  id: 'compute-market-lab',
  title: 'Lab',
  chainId: 31338,
  chainName: 'lab',
  workToken: { symbol: 'ETH', decimals: 18 },
  contracts: [{ role: 'market', address: '0x5FbDB2315678afecb367f032d93F642f64180aa3', startBlock: 1 }],
};
const lab = { ...described, protocol: 'compute-market' };

const folder = mkdtempSync(join(tmpdir(), 'computescan-networks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(content: unknown) {
  const file = join(folder, 'networks.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readNetworkFile(file);
}

function complaintOf(content: unknown): string {
  try {
    read(content);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UserError);
    return (thrown as UserError).message;
  }
  throw new Error('the file was taken');
}

describe('a file of networks', () => {
  it('becomes networks with the capabilities of their protocol', () => {
    const [network] = read([lab]);
    expect(network?.manifest.protocol).toBe('compute-market');
    expect(network?.definition).toMatchObject({ ...described, recorded: false });
    expect(network?.definition.capabilities).toEqual(network?.manifest.capabilities);
  });

  it('may say by which fee a task counts in full, in digits', () => {
    expect(read([{ ...lab, feeReference: '5000' }])[0]?.definition.feeReference).toBe('5000');
    expect(read([lab])[0]?.definition.feeReference).toBeUndefined();
    for (const wrong of ['0', '-1', '0.5']) {
      expect(complaintOf([{ ...lab, feeReference: wrong }])).toMatch(/feeReference: expected base units/);
    }
  });

  it('may say what a network leaves out of what its protocol records', () => {
    const reason = 'Our first market does not check results.';
    const [network] = read([{ ...lab, capabilities: { verification: reason } }]);
    expect(network?.definition.capabilities).toEqual({
      ...network?.manifest.capabilities,
      verification: reason,
    });
  });

  it('may say what amounts of a network cannot be held to, and not by a name that is no rule', () => {
    const reason = 'Deposits write no log.';
    const [network] = read([{ ...lab, conservation: { escrow: reason } }]);
    expect(network?.definition.conservation).toEqual({ escrow: reason });
    expect(complaintOf([{ ...lab, conservation: { money: reason } }])).toMatch(/conservation\.money: expected one of/);
  });

  it('may describe another deployment of any protocol', () => {
    const contracts = [{ role: 'hub', address: `0x${'a'.repeat(40)}`, startBlock: 7 }];
    const [network] = read([{ ...lab, id: 'iexec-fuji', protocol: 'iexec', chainId: 43113, contracts }]);
    expect(network?.definition.contracts).toEqual(contracts);
  });

  it('may say what a token is worth, by a rate of its own or by a feed on its chain', () => {
    const token = { symbol: 'ETH', decimals: 18 };
    const feed = { pair: 'ETH / USD', proxy: `0x${'c'.repeat(40)}`, decimals: 8, heartbeatSeconds: 3_600 };
    const workToken = { ...token, usd: { static: '2500.5', note: 'A rate for tests.' } };
    const [network] = read([{ ...lab, workToken, stakeToken: { ...token, usd: { feed } } }]);
    expect(network?.definition.workToken?.usd).toEqual({ kind: 'static', usd: '2500.5', note: 'A rate for tests.' });
    expect(network?.definition.stakeToken?.usd).toMatchObject({ kind: 'feed', feed: { ...feed, phases: [] } });
  });

  it.each([
    ['a rate as a number', { static: 2500 }, /usd\.static: expected USD for one token above zero, .*"0\.42", got 2500/],
    ['a rate of nothing', { static: '0.00' }, /usd\.static: expected USD for one token above zero/],
    ['a rate with an exponent', { static: '1e3' }, /usd\.static: expected/],
    ['neither a rate nor a feed', {}, /usd: expected either "static", a rate, or "feed", a price feed, got \{\}/],
    ['a rate and a feed', { static: '1', feed: {} }, /usd: expected either "static"/],
    ['a feed without a proxy', { feed: { pair: 'A / USD' } }, /usd\.feed\.proxy: expected an address of 20 bytes/],
    [
      'a feed in another spelling',
      { feed: { heartbeat: 1 } },
      /usd\.feed\.heartbeat: expected one of .*heartbeatSeconds/,
    ],
  ])('is refused with %s', (_, usd, complaint) => {
    expect(complaintOf([{ ...lab, workToken: { symbol: 'ETH', decimals: 18, usd } }])).toMatch(complaint);
  });

  it('makes its networks known by name once they are added', () => {
    const builtIn = listNetworks().length;
    addNetworks(read([lab]));
    expect(getNetwork('compute-market-lab').definition.chainId).toBe(31338);
    expect(listNetworks()).toHaveLength(builtIn + 1);
    addNetworks([]);
    expect(() => getNetwork('compute-market-lab')).toThrow(/COMPUTESCAN_NETWORK_FILE/);
  });

  it('is told where it is absent or no JSON', () => {
    expect(() => readNetworkFile(join(folder, 'absent.json'))).toThrow(/absent\.json, got: .*ENOENT/);
    expect(complaintOf('[{')).toMatch(/Expected a JSON file of networks/);
  });

  it('is told every problem at once, and where it lies', () => {
    const complaint = complaintOf([
      { ...lab, title: '', chainId: 0, colour: 'red', contracts: [{ role: 'bank', address: '0x12', startBlock: -1 }] },
      { ...lab, contracts: [] },
      'lab',
    ]);
    expect(complaint).toContain('[0].title: expected a text, got ""');
    expect(complaint).toContain('[0].chainId: expected a whole number from 1 to 999999999999, got 0');
    expect(complaint).toContain('[0].contracts[0].role: expected one of market, got "bank"');
    expect(complaint).toContain('[0].contracts[0].address: expected an address of 20 bytes, 0x…, got "0x12"');
    expect(complaint).toContain('[0].contracts[0].startBlock: expected a whole number from 0');
    expect(complaint).toMatch(/\[0\]\.colour: expected one of .*contracts.*, got "colour"/);
    expect(complaint).toContain('[1].contracts: expected at least one contract, got []');
    expect(complaint).toContain('[2]: expected an object, got "lab"');
    expect(complaint).toContain('[1].id: expected an id that no other network has, got "compute-market-lab"');
  });

  it.each([
    [
      'an unknown protocol',
      { protocol: 'atlantis' },
      /\[0\]\.protocol: expected one of iexec, livepeer, .*compute-market/,
    ],
    ['an id of another protocol', { id: 'iexec-lab' }, /\[0\]\.id: expected compute-market-<chain>/],
    ['an id with capitals', { id: 'compute-market-Lab' }, /\[0\]\.id: expected compute-market-<chain>/],
    ['the chain of a recording', { chainId: 1_000_000_042_161 }, /\[0\]\.chainId: expected a whole number/],
    [
      'a capability without a reason',
      { capabilities: { price: false } },
      /\[0\]\.capabilities\.price: expected a text/,
    ],
    [
      'a capability that nobody knows',
      { capabilities: { prize: 'None.' } },
      /\[0\]\.capabilities\.prize: expected one/,
    ],
    ['a token without decimals', { workToken: { symbol: 'ETH' } }, /\[0\]\.workToken\.decimals: .*got nothing/],
  ])('is refused with %s', (_, change, complaint) => {
    expect(complaintOf([{ ...lab, ...change }])).toMatch(complaint);
  });

  it('is refused where it takes the name of a built-in network', () => {
    const complaint = complaintOf([{ ...lab, protocol: 'iexec', id: 'iexec-arbitrum', contracts: [] }]);
    expect(complaint).toContain('[0].id: expected an id that no other network has, got "iexec-arbitrum"');
  });
});
