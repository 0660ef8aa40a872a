import { encodeDeployData } from 'viem';
import { type ContractCaller, createContractCaller } from '../../indexer/telemetry/gateway/createContractCaller.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { type Hex, toBytes } from '../../schema/lib/hex.js';
import { compileSolidity } from '../contracts/compileSolidity.js';
import { type OpenAnvil, openAnvil } from '../lib/openAnvil.js';
import { openWebServer, type WebServer } from '../openWebServer.js';
import { type GatewayWorld, openGatewayWorld, START_MS, toAccount } from './openGatewayWorld.js';

/** Accounts that are contracts, on a real chain: EIP-1271 at a pinned block. */
let anvil: OpenAnvil;
let contracts: ContractCaller;
let world: GatewayWorld;
let wallet: Hex;
const owner = toAccount(41);

beforeAll(async () => {
  anvil = await openAnvil();
  contracts = createContractCaller({ 31337: [{ url: anvil.url }] });
  world = await openGatewayWorld({ network: 'iexec-devnet', contracts });
  wallet = await deployWallet();
  await followChain();
});
afterAll(async () => {
  await world.close();
  await contracts.close();
  await anvil.close();
});
beforeEach(() => {
  world.clock.ms = START_MS;
});

async function transact(call: { readonly to?: Hex; readonly data: Hex }): Promise<Hex | undefined> {
  const [from] = anvil.accounts;
  const hash = await anvil.rpc.call('eth_sendTransaction', { from, gas: '0x2dc6c0', ...call });
  await anvil.rpc.call('evm_mine');
  const receipt = (await anvil.rpc.call('eth_getTransactionReceipt', hash)) as { status: Hex; contractAddress: Hex };
  expect(receipt.status).toBe('0x1');
  return receipt.contractAddress;
}

async function deployWallet(): Promise<Hex> {
  const { abi, bytecode } = compileSolidity('./ContractWallet.sol').ContractWallet ?? {};
  if (!abi || !bytecode) throw new Error('Expected ContractWallet to compile.');
  const data = encodeDeployData({ abi, bytecode, args: [owner.address] });
  return (await transact({ data })) ?? '0x';
}

/** The indexer's part: the chain's newest block is the newest that the gateway knows. */
async function followChain(): Promise<void> {
  const block = (await anvil.rpc.call('eth_getBlockByNumber', 'latest', false)) as { hash: Hex; number: Hex };
  await world.pool.query(
    'insert into block (chain_id, height, hash, parent_hash, time) values (31337, $1, $2, $2, $3) on conflict do nothing',
    [1_000_000 + Number(block.number), toBytes(block.hash), new Date(START_MS)],
  );
  await world.gateway.refresh();
}

/** What the wallet says yes to: its owner's signature behind a few bytes of its own. */
async function toRequest(nodes: readonly string[], signer = owner) {
  const request = await world.toSessionRequest({ account: signer, nodes });
  const { publicKey, validFrom, validTo } = request;
  const message = {
    ...{ node: wallet, ed25519Pub: publicKey, scope: nodes },
    ...{ validFrom: BigInt(validFrom), validTo: BigInt(validTo) },
  };
  const signature = await world.signTyped(signer, 'Delegate', message);
  return { ...request, account: wallet, signature: `0xc0ffee${signature.slice(2)}` };
}

describe('an account that is a contract', () => {
  it('opens a session by what it takes for its signature, and by nothing else', async () => {
    const id = await world.addNode('rig-1', { provider: wallet });
    const request = await toRequest([id]);
    const opened = await world.post('/v1/sessions', request);
    expect(opened).toMatchObject({ status: 200, body: { code: 'ACCEPTED', counter: 0 } });
    expect(await world.post('/v1/sessions', request)).toMatchObject({ body: { delegation: opened.body.delegation } });
    const forged = await world.post('/v1/sessions', await toRequest([id], toAccount(42)));
    expect(forged).toMatchObject({
      status: 401,
      body: { code: 'BAD_SIGNATURE', message: expect.stringContaining('no contract that takes it') },
    });
    // A call that fails, and an account without code, are no yes.
    const short = await world.post('/v1/sessions', { ...request, signature: '0x12' });
    expect(short.body.code).toBe('BAD_SIGNATURE');
    const bare = await world.addNode('rig-2', { provider: `0x${'ab'.repeat(20)}` });
    const nobody = await world.post('/v1/sessions', { ...(await toRequest([bare])), account: `0x${'ab'.repeat(20)}` });
    expect(nobody.body.code).toBe('BAD_SIGNATURE');
  });

  it('is not asked on behalf of who may not speak for the node anyway', async () => {
    const id = await world.addNode('rig-3', { provider: `0x${'cd'.repeat(20)}` });
    const answer = await world.post('/v1/sessions', await toRequest([id]));
    expect(answer.body).toMatchObject({ code: 'BAD_SIGNATURE', message: expect.stringContaining('65 bytes') });
  });

  it('is asked at the newest block that the gateway knows', async () => {
    const id = await world.addNode('rig-4', { provider: wallet });
    await transact({ to: wallet, data: '0xf83d08ba' });
    const request = await toRequest([id]);
    expect((await world.post('/v1/sessions', request)).status).toBe(200);
    await followChain();
    expect((await world.post('/v1/sessions', request)).body.code).toBe('BAD_SIGNATURE');
  });

  it('is told to come again while no endpoint can say, and why where there is none', async () => {
    const id = await world.addNode('rig-5', { provider: wallet });
    const request = await toRequest([id]);
    const { url } = await world.startGateway({ contracts: undefined });
    expect(await world.post('/v1/sessions', request, { url })).toMatchObject({
      status: 401,
      body: { code: 'BAD_SIGNATURE', message: expect.stringContaining('RPC_URLS') },
    });
    const odd = await openOddNode();
    const caller = createContractCaller({ 31337: [{ url: odd.origin }] });
    try {
      const asking = await world.startGateway({ contracts: caller });
      expect(await world.post('/v1/sessions', request, { url: asking.url })).toMatchObject({
        status: 503,
        retryAfter: '1',
        body: { code: 'BUSY', next: 'retry' },
      });
      expect(odd.requests.length).toBe(1);
      // Of several endpoints the next one is asked.
      const both = createContractCaller({ 31337: [{ url: odd.origin }, { url: anvil.url }] });
      const block = (await anvil.rpc.call('eth_getBlockByNumber', 'latest', false)) as { hash: Hex };
      const call = { to: wallet, data: '0xcf309012', blockHash: block.hash } as const;
      expect(await both.call(31_337, call)).toBe(`0x${'1'.padStart(64, '0')}`);
      await both.close();
    } finally {
      await caller.close();
      await odd.close();
    }
  });
});

describe('contracts that nobody can ask', () => {
  it('keep nobody else from opening a session, and count against who names them', async () => {
    const id = await world.addNode('rig-6', { provider: wallet });
    const request = await toRequest([id]);
    let asked = 0;
    let giveUp: (reason: Error) => void = () => undefined;
    const gaveUp = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    gaveUp.catch(() => undefined);
    const call = async () => {
      asked += 1;
      return gaveUp;
    };
    const limits = { failures: 20, failuresPerSecond: 0.001 };
    const { url } = await world.startGateway({ contracts: { canAsk: () => true, call }, limits });
    const from = '127.7.0.1';
    const hanging = Array.from({ length: 24 }, () => world.post('/v1/sessions', request, { url, from }));
    // Two are asked, sixteen wait, the rest is turned away.
    const turnedAway = await Promise.race(hanging);
    expect(turnedAway).toMatchObject({ status: 503, body: { code: 'BUSY' } });
    expect(asked).toBe(2);
    const account = toAccount(43);
    const other = await world.addNode('rig-7', { provider: account.address.toLowerCase() });
    expect((await world.openSession({ account, nodes: [other], url })).answer.body.code).toBe('ACCEPTED');
    giveUp(new RetryableError('No endpoint answers.'));
    const answers = await Promise.all(hanging);
    expect(answers.map(({ body }) => body.code)).toEqual(Array(24).fill('BUSY'));
    expect(asked).toBe(18);
    const codes: string[] = [];
    for (let time = 0; time < 3; time += 1)
      codes.push((await world.post('/v1/sessions', request, { url, from })).body.code);
    expect(codes).toEqual(['BUSY', 'BUSY', 'RATE_LIMITED']);
  });

  it('are given up after one deadline, in which each endpoint has its share', async () => {
    const slow = [await openSilentNode(), await openSilentNode()];
    const caller = createContractCaller(
      { 31337: [...slow.map(({ origin }) => ({ url: origin })), { url: anvil.url }] },
      { deadlineMs: 3_000 },
    );
    const silent = createContractCaller({ 31337: slow.map(({ origin }) => ({ url: origin })) }, { deadlineMs: 300 });
    try {
      const block = (await anvil.rpc.call('eth_getBlockByNumber', 'latest', false)) as { hash: Hex };
      const call = { to: wallet, data: '0xcf309012', blockHash: block.hash } as const;
      expect(await caller.call(31_337, call)).toBe(`0x${'1'.padStart(64, '0')}`);
      await expect(silent.call(31_337, call)).rejects.toThrow(RetryableError);
      expect(slow.map(({ requests }) => requests.length)).toEqual([2, 2]);
    } finally {
      await caller.close();
      await silent.close();
      for (const node of slow) await node.close();
    }
  });
});

/** A node that takes requests and says nothing. */
async function openSilentNode(): Promise<WebServer> {
  return openWebServer(() => undefined);
}

/** A node of another chain, on which a contract of the same address says yes to everything. */
async function openOddNode(): Promise<WebServer> {
  return openWebServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const calls = JSON.parse(Buffer.concat(chunks).toString()) as { id: number; method: string }[];
      const yes = `0x1626ba7e${'0'.repeat(56)}`;
      const answers = calls.map(({ id, method }) => ({
        jsonrpc: '2.0',
        id,
        result: method === 'eth_chainId' ? '0x1' : yes,
      }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers));
    });
  });
}
