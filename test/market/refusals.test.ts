import { type Address, concat, type Hex, numberToHex, parseEther, size } from 'viem';
import { decodeMarket, toNetwork } from './decodeMarket.js';
import {
  HOUR,
  nodes,
  openBusiness,
  price,
  rules,
  toJobCall,
  toNode,
  toPeople,
  toResult,
  WHOLE_PROVIDER,
} from './marketScript.js';
import { type Call, type MarketWorld, openMarket, toCall } from './openMarket.js';

describe('the market refuses', () => {
  let market: MarketWorld;
  let people: ReturnType<typeof toPeople>;

  beforeAll(async () => {
    market = await openMarket(rules);
    people = toPeople(market);
    await openBusiness(market);
    await market.send(toJobCall(market, { from: people.buyer, nodeId: nodes.oak, taskCount: 2 }));
  }, 60_000);

  afterAll(() => market?.close());

  async function expectRefusals(cases: readonly (readonly [string, Call])[]): Promise<void> {
    const met = await Promise.all(cases.map(([, call]) => market.findRefusal(call)));
    expect(met).toEqual(cases.map(([error]) => error));
  }

  it('to let anyone act for somebody else', async () => {
    const { wood, hill, buyer, stranger } = people;
    const { oak, fir } = nodes;
    const machine = { nodeId: oak, gpuModel: '', gpuCount: 1, vramMib: 1, region: '', uri: '' };
    await expectRefusals([
      ['Unauthorized', toCall(stranger, 'updateNodes', [[{ ...machine, nodeId: toNode('own') }]])],
      ['Unauthorized', toCall(hill, 'updateNodes', [[machine]])],
      ['Unauthorized', toCall(hill, 'retireNodes', [[oak]])],
      ['Unauthorized', toCall(hill, 'postOffers', [[{ nodeId: oak, pricePerGpuHour: 1n }]])],
      ['Unauthorized', toCall(hill, 'withdrawOffers', [[oak]])],
      ['Unauthorized', toCall(stranger, 'lockStake', [WHOLE_PROVIDER], 1n)],
      ['Unauthorized', toCall(hill, 'lockStake', [oak], 1n)],
      ['StakeTooLow', toCall(stranger, 'unlockStake', [WHOLE_PROVIDER, 1n])],
      ['StakeTooLow', toCall(stranger, 'withdrawStake', [WHOLE_PROVIDER])],
      ['Unauthorized', toCall(stranger, 'closeJob', [1n])],
      ['Unauthorized', toCall(hill, 'assignTasks', [1n, [0], [fir]])],
      ['Unauthorized', toCall(wood, 'assignTasks', [1n, [0], [fir]])],
      ['Unauthorized', toCall(hill, 'startTasks', [1n, [0]])],
      ['Unauthorized', toCall(hill, 'completeTasks', [1n, [toResult(0)]])],
      ['Unauthorized', toCall(buyer, 'failTasks', [1n, [0], 16])],
      ['Unauthorized', toCall(wood, 'verifyTasks', [1n, [0], true])],
      ['Unauthorized', toCall(buyer, 'verifyTasks', [1n, [0], false])],
      ['Unauthorized', toCall(market.verifier, 'resolveDisputes', [1n, [0], true])],
      ['Unauthorized', toCall(wood, 'setParameter', [0, 0n])],
      ['Unauthorized', toCall(market.arbiter, 'withdrawTreasury', [market.arbiter, 0n])],
    ]);
  });

  it('what is out of range, unknown or paid for wrongly', async () => {
    const { wood, hill, buyer } = people;
    const order = { from: buyer, nodeId: nodes.oak, taskCount: 1 };
    const zero: Address = `0x${'0'.repeat(40)}`;
    await expectRefusals([
      ['OutOfRange', toCall(wood, 'updateProvider', [zero, '', ''])],
      ['OutOfRange', toCall(wood, 'postOffers', [[{ nodeId: nodes.oak, pricePerGpuHour: 0n }]])],
      ['OutOfRange', toCall(wood, 'postOffers', [[{ nodeId: nodes.oak, pricePerGpuHour: 2n ** 128n }]])],
      ['OutOfRange', toJobCall(market, { ...order, taskCount: 0 })],
      ['OutOfRange', toJobCall(market, { ...order, taskCount: 1_001 })],
      ['OutOfRange', toJobCall(market, { ...order, hours: 0 })],
      ['OutOfRange', toJobCall(market, { ...order, due: -1 })],
      ['NodeUnavailable', toJobCall(market, { ...order, nodeId: toNode('none') })],
      // Its price has risen since the buyer looked.
      ['NodeUnavailable', toJobCall(market, { ...order, pricePerGpuHour: price - 1n })],
      ['WrongPayment', { ...toJobCall(market, order), value: 1n }],
      ['OutOfRange', toCall(wood, 'assignTasks', [1n, [0, 1], [nodes.oak]])],
      ['OutOfRange', toCall(wood, 'assignTasks', [1n, [2], [nodes.oak]])],
      ['WrongStatus', toCall(wood, 'startTasks', [1n, [0]])],
      ['OutOfRange', toCall(wood, 'failTasks', [1n, [0], 3])],
      ['UnknownJob', toCall(hill, 'closeJob', [9n])],
      ['OutOfRange', toCall(market.owner, 'setParameter', [0, 10_001n])],
      ['OutOfRange', toCall(market.owner, 'setParameter', [3, 31n * 24n * 3_600n])],
      ['OutOfRange', toCall(market.owner, 'withdrawTreasury', [market.owner, 1n])],
    ]);
  });

  it('a step that is not due, at each step of a task', async () => {
    const { wood, buyer, stranger } = people;
    const { oak } = nodes;
    await market.send(toCall(wood, 'assignTasks', [1n, [0, 1], [oak, oak]]));
    await expectRefusals([
      ['WrongStatus', toCall(wood, 'assignTasks', [1n, [0], [oak]])],
      ['WrongStatus', toCall(wood, 'completeTasks', [1n, [toResult(0)]])],
      // Accepted is accepted: the buyer waits until the deadline.
      ['WrongStatus', toCall(buyer, 'closeJob', [1n])],
      ['NodeUnavailable', toCall(wood, 'retireNodes', [[oak]])],
      // Five of six are free.
      ['StakeTooLow', toCall(wood, 'unlockStake', [WHOLE_PROVIDER, parseEther('4.1')])],
    ]);
    await market.send(toCall(wood, 'startTasks', [1n, [0, 1]]));
    await market.wait(HOUR / 2);
    await expectRefusals([
      ['OutOfRange', toCall(wood, 'completeTasks', [1n, [toResult(0, 0)]])],
      // Two GPUs cannot work two hours in half of one.
      ['OutOfRange', toCall(wood, 'completeTasks', [1n, [toResult(0)]])],
      ['WrongStatus', toCall(market.verifier, 'verifyTasks', [1n, [0], true])],
      ['WrongStatus', toCall(buyer, 'disputeTasks', [1n, [0]])],
    ]);
    await market.wait(HOUR);
    await market.send(toCall(wood, 'completeTasks', [1n, [toResult(0), toResult(1)]]));
    await expectRefusals([
      ['TooEarly', toCall(stranger, 'settleTasks', [1n, [0]])],
      ['Unauthorized', toCall(wood, 'disputeTasks', [1n, [0]])],
      ['WrongStatus', toCall(wood, 'failTasks', [1n, [0], 16])],
    ]);
    await market.send(toCall(market.verifier, 'verifyTasks', [1n, [0], false]));
    await expectRefusals([
      ['Unauthorized', toCall(buyer, 'disputeTasks', [1n, [0]])],
      ['WrongStatus', toCall(market.verifier, 'verifyTasks', [1n, [0], true])],
    ]);
  });

  it('to settle a payment that its recipient does not take, and still gives the buyer what is left', async () => {
    const { wood, buyer, stranger } = people;
    // The market itself takes no coins without a reason.
    await market.send(toCall(wood, 'updateProvider', [market.address, 'Wood', '']));
    await market.wait(HOUR);
    await market.send(toCall(stranger, 'settleTasks', [1n, [0]]));
    await expectRefusals([
      ['TransferFailed', toCall(stranger, 'settleTasks', [1n, [1]])],
      ['TransferFailed', toCall(buyer, 'verifyTasks', [1n, [1], true])],
      ['TooLate', toCall(buyer, 'disputeTasks', [1n, [1]])],
    ]);
    await market.send(toCall(buyer, 'closeJob', [1n]));
    const logs = decodeMarket(toNetwork(market.address), await market.readLogs());
    expect(logs.filter(({ name }) => name === 'TaskPaid')).toEqual([]);
    const refunds = logs.filter(({ name }) => name === 'EscrowRefunded');
    expect(refunds.map(({ args }) => args.amount)).toEqual([price * 2n]);
    await expectRefusals([
      ['JobIsClosed', toCall(buyer, 'closeJob', [1n])],
      ['JobIsClosed', toCall(wood, 'assignTasks', [1n, [0], [nodes.oak]])],
    ]);
  });

  it('to pay a task again when its recipient calls back', async () => {
    const { wood, stranger } = people;
    const settle = toCall(stranger, 'settleTasks', [1n, [1]]);
    const thief: Address = `0x${'7e'.repeat(20)}`;
    await market.setCode(thief, toCaller(market.address, settle.data));
    await market.send(toCall(wood, 'updateProvider', [thief, 'Wood', '']));
    await market.send(settle);
    const net = price * 2n - fee;
    expect(await market.client.getBalance({ address: thief })).toBe(net);
    expect(await market.client.getStorageAt({ address: thief, slot: '0x0' })).toBe(REFUSED);
    const logs = decodeMarket(toNetwork(market.address), await market.readLogs());
    expect(logs.filter(({ name }) => name === 'TaskPaid').map(({ args }) => args.amount)).toEqual([net]);
    expect(await market.client.getBalance({ address: market.address })).toBe(parseEther('9') + fee);
  });

  const fee = (price * 2n * rules.feeBps) / 10_000n;
});

const REFUSED: Hex = `0x${'1'.padStart(64, '0')}`;

/** Code of a contract that sends this whenever it is called, and keeps 1 when that was refused, 2 when it was not. */
function toCaller(to: Address, data: Hex): Hex {
  const length = numberToHex(size(data), { size: 2 });
  const start = '0x31';
  const copy: readonly Hex[] = ['0x61', length, '0x60', start, '0x600039'];
  const call: readonly Hex[] = ['0x6000600061', length, '0x6000600073', to, '0x5af1'];
  return concat([...copy, ...call, '0x60010160005500', data]);
}
