import { describe, expect, it } from '@jest/globals';
import { RetryableError, UserError } from '../../../schema/lib/errors.js';
import type { Runtime } from '../../lib/runtime.js';
import type { RpcAnswer, RpcCall, SendOptions, Transport } from '../rpc/Transport.js';
import { TransportError, type TransportFault } from '../rpc/TransportError.js';
import { createEndpointPool, type EndpointPoolOptions } from './createEndpointPool.js';
import type { EndpointDefinition, EndpointPool, EndpointRole, PoolReply, PoolRequest } from './EndpointPool.js';

const CHAIN = 42161;
const call: RpcCall = { method: 'eth_getBlockByNumber', params: ['0x1', false] };
const logs: RpcCall = { method: 'eth_getLogs', params: [{ fromBlock: '0x0', toBlock: '0xff' }] };
const sync: PoolRequest = { purpose: 'sync' };

describe('the choice of an endpoint', () => {
  it('asks mostly the fastest, and now and then another', async () => {
    const world = createWorld({ a: { latencyMs: 100 }, b: { latencyMs: 20 }, c: { latencyMs: 60 } });
    await world.runMany(400);
    const [a, b, c] = world.counts();
    expect(b).toBeGreaterThan(320);
    expect(a).toBeGreaterThan(3);
    expect(c).toBeGreaterThan(3);
  });

  it('notices when the fastest becomes slow', async () => {
    const world = createWorld({ a: { latencyMs: 10 }, b: { latencyMs: 40 } });
    await world.runMany(50);
    world.nodes.a.latencyMs = 300;
    await world.runMany(200);
    const before = world.counts();
    await world.runMany(100);
    const after = world.counts();
    expect((after[1] ?? 0) - (before[1] ?? 0)).toBeGreaterThan(70);
  });

  it('does not take an endpoint for slow that gives the large answers', async () => {
    const world = createWorld({ a: { latencyMs: 30 }, b: { latencyMs: 31 } });
    world.nodes.a.bytesOf = () => 2_000_000;
    world.nodes.a.latencyOf = () => 600;
    for (let round = 0; round < 30; round += 1) await world.run([logs], { ...sync, only: world.names.a });
    const score = world.pool.listScores()[0];
    expect(score?.latencyMs).toBeLessThan(60);
  });

  it('spreads what comes at once over endpoints of about the same speed', async () => {
    const world = createWorld({ a: { latencyMs: 50 }, b: { latencyMs: 55 } });
    await world.runMany(20);
    await world.runAll(64);
    for (const count of world.counts()) expect(count).toBeGreaterThan(15);
  });

  it('keeps to the roles: head is not asked for the past, fallback for nothing while others answer', async () => {
    const world = createWorld({ a: { role: 'sync' }, b: { role: 'head' }, c: { role: 'fallback' } });
    await world.runMany(50);
    expect(world.counts()).toEqual([50, 0, 0]);
    await world.runMany(50, { purpose: 'head' });
    expect(world.counts()).toEqual([50, 50, 0]);
  });

  it('asks the fallback when the others fail, and goes back when they are well', async () => {
    const world = createWorld({ a: { role: 'sync' }, c: { role: 'fallback' } });
    world.nodes.a.fail = 'network';
    expect((await world.run()).endpoint).toBe(world.names.c);
    world.nodes.a.fail = undefined;
    await world.pass(60_000);
    expect((await world.run()).endpoint).toBe(world.names.a);
  });

  it('asks whoever there is where no endpoint has the role', async () => {
    const world = createWorld({ a: { role: 'head' } });
    expect((await world.run()).endpoint).toBe(world.names.a);
  });

  it('honours only and avoid', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 200 } });
    for (let round = 0; round < 20; round += 1) {
      expect((await world.run([call], { ...sync, only: world.names.b })).endpoint).toBe(world.names.b);
      expect((await world.run([call], { ...sync, avoid: new Set([world.names.a]) })).endpoint).toBe(world.names.b);
    }
    expect(world.counts()).toEqual([0, 40]);
    await expect(world.run([call], { ...sync, avoid: new Set(Object.values(world.names)) })).rejects.toThrow('avoided');
  });

  it('names endpoints without their keys and tells two of one host apart', async () => {
    const urls = ['https://user:pw@rpc.example/key1', 'https://rpc.example/key2', 'wss://rpc.example/key3'];
    const world = createWorld({ a: {}, b: {}, c: {} }, { urls });
    expect(world.pool.listScores().map(({ name }) => name)).toEqual([
      'https://rpc.example',
      'https://rpc.example#2',
      'wss://rpc.example',
    ]);
  });
});

describe('failure', () => {
  it.each<TransportFault>(['network', 'refused', 'malformed', 'rateLimited'])(
    'moves on to the next endpoint: %s',
    async (fault) => {
      const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 90 } });
      await world.runMany(10);
      world.nodes.a.fail = fault;
      expect((await world.run()).endpoint).toBe(world.names.b);
      expect(world.pool.listScores()[0]).toMatchObject({ failures: 1, state: 'resting' });
    },
  );

  it('does not ask others for what is too large, and holds it against nobody', async () => {
    const world = createWorld({ a: { fail: 'tooLarge' }, b: { fail: 'tooLarge' } });
    await expect(world.run([logs])).rejects.toMatchObject({ fault: 'tooLarge' });
    expect(world.pool.listScores().map(({ failures, state }) => ({ failures, state }))).toEqual([
      { failures: 0, state: 'usable' },
      { failures: 0, state: 'usable' },
    ]);
  });

  it('rests longer after each failure in a row, up to half a minute', async () => {
    const world = createWorld({ a: { role: 'sync' }, b: { role: 'fallback' } });
    await world.run();
    world.nodes.a.fail = 'network';
    const gaps: number[] = [];
    let last = 0;
    world.nodes.a.onAsked = () => {
      gaps.push(world.now() - last);
      last = world.now();
    };
    for (let second = 0; second < 400; second += 1) {
      await world.run();
      await world.pass(1_000);
    }
    expect(gaps.length).toBeGreaterThan(8);
    expect(gaps.length).toBeLessThan(40);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(33_000);
    expect(Math.max(...gaps.slice(1, 4))).toBeLessThan(Math.max(...gaps.slice(6)));
  });

  it('takes a burst of failures for one', async () => {
    const world = createWorld({ a: { latencyMs: 10 } });
    await world.run();
    world.nodes.a.fail = 'network';
    const all = Promise.all(Array.from({ length: 8 }, () => world.pool.request([call], sync)));
    await world.pass(15);
    world.nodes.a.fail = undefined;
    await world.pass(300);
    expect(world.pool.listScores()[0]).toMatchObject({ failures: 8, state: 'usable' });
    await world.drive(all);
  });

  it('is tried again at the only endpoint, and succeeds when that comes back', async () => {
    const world = createWorld({ a: { fail: 'network' } });
    const answer = world.pool.request([call], sync);
    await world.pass(200);
    world.nodes.a.fail = undefined;
    expect((await world.drive(answer)).endpoint).toBe(world.names.a);
  });

  it('says what each endpoint said when none answers', async () => {
    const world = createWorld({ a: { fail: 'network' }, b: { fail: 'refused' } });
    const thrown = await world.run().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(RetryableError);
    expect(String(thrown)).toContain('a.example');
    expect(String(thrown)).toContain('b.example');
    expect(String(thrown)).not.toContain('secret');
  });

  it('says that all took too long where all did', async () => {
    const world = createWorld({ a: {}, b: {} });
    await world.runMany(4);
    world.nodes.a.fail = 'timeout';
    world.nodes.b.fail = 'timeout';
    const began = world.now();
    await expect(world.run([logs])).rejects.toMatchObject({ fault: 'timeout' });
    expect(world.asked()).toBe(4 + 2);
    expect(world.now() - began).toBeLessThan(62_000);
  });

  it('recovers within seconds after every endpoint was gone for ten minutes', async () => {
    const world = createWorld({ a: {}, b: {} });
    await world.run();
    world.nodes.a.fail = 'network';
    world.nodes.b.fail = 'network';
    const goneUntil = world.now() + 600_000;
    while (world.now() < goneUntil) {
      await world.run().catch(() => undefined);
      await world.pass(1_000);
    }
    world.nodes.a.fail = undefined;
    world.nodes.b.fail = undefined;
    const since = world.now();
    while (!(await world.run().catch(() => undefined))) await world.pass(1_000);
    expect(world.now() - since).toBeLessThan(40_000);
  });

  it('gives up when the caller does', async () => {
    const world = createWorld({ a: { latencyMs: 5_000 } });
    const controller = new AbortController();
    const answer = world.pool.request([call], { ...sync, signal: controller.signal });
    await world.pass(100);
    controller.abort();
    await expect(world.drive(answer)).rejects.toMatchObject({ fault: 'aborted' });
    expect(world.now()).toBeLessThan(1_000);
  });

  it('ends what waits, and refuses what comes, once it is closed', async () => {
    const world = createWorld({ a: { fail: 'network' } });
    const waiting = world.pool.request([call], sync);
    waiting.catch(() => undefined);
    await world.pass(50);
    await world.pool.close();
    await expect(world.drive(waiting)).rejects.toThrow();
    await expect(world.run()).rejects.toMatchObject({ fault: 'aborted' });
    expect(world.timers()).toBe(0);
  });

  it('keeps the deadline for a transport that does not', async () => {
    const world = createWorld({ a: {}, b: { latencyMs: 50 } });
    await world.runMany(6);
    world.nodes.a.deaf = true;
    await world.run([call], { ...sync, only: world.names.a }).catch(() => undefined);
    expect(world.pool.listScores()[0]?.failures).toBeGreaterThan(0);
  });
});

describe('limits of rate', () => {
  it('has none before the first refusal: hundreds a second pass from the start', async () => {
    const world = createWorld({ a: { latencyMs: 1 } });
    await world.runAll(2_000);
    expect(world.now()).toBeLessThan(500);
    expect(world.pool.listScores()[0]?.rateLimit).toBeUndefined();
  });

  it('learns what an endpoint takes and stays close to it', async () => {
    const world = createWorld({ a: { latencyMs: 20, perSecond: 40 } });
    await world.runAll(800);
    const score = world.pool.listScores()[0];
    expect(score?.rateLimit).toBeGreaterThan(10);
    expect(score?.rateLimit).toBeLessThan(45);
    expect(800 / (world.now() / 1_000)).toBeGreaterThan(18);
    expect(score?.failures).toBeLessThan(200);
  });

  it('comes back when it was told to, and asks others in the meantime', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 100 } });
    await world.runMany(10);
    world.nodes.a.fail = 'rateLimited';
    world.nodes.a.retryAfterMs = 20_000;
    await world.run();
    const refusedAt = world.now();
    world.nodes.a.fail = undefined;
    const before = world.counts()[0];
    while (world.counts()[0] === before) await world.run();
    expect(world.now() - refusedAt).toBeGreaterThan(19_000);
  });

  it('waits no longer than five minutes, whatever it was told', async () => {
    const world = createWorld({ a: { fail: 'rateLimited', retryAfterMs: 86_400_000 } });
    await expect(world.run()).rejects.toThrow(RetryableError);
    expect(world.now()).toBeLessThan(1_000);
    world.nodes.a.fail = undefined;
    await world.pass(301_000);
    expect((await world.run()).answers).toHaveLength(1);
  });

  it('asks again for the items of a batch that were refused', async () => {
    const world = createWorld({ a: {} });
    let refusals = 0;
    world.nodes.a.answer = (asked) => {
      if (Number(asked.params[0]) % 3 !== 0 || refusals >= 5) return { kind: 'result', value: asked.params[0] };
      refusals += 1;
      return { kind: 'error', code: 429, message: 'Too Many Requests' };
    };
    const calls = Array.from({ length: 12 }, (_, index) => ({ method: 'eth_call', params: [index] }));
    const { answers } = await world.run(calls);
    expect(answers).toEqual(calls.map(({ params }) => ({ kind: 'result', value: params[0] })));
    expect(refusals).toBe(5);
  });

  it('never answers with a refusal for its rate', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 50 } });
    await world.runMany(5);
    world.nodes.a.answer = () => ({ kind: 'error', code: -32005, message: 'project ID request rate exceeded' });
    const reply = await world.run();
    expect(reply.endpoint).toBe(world.names.b);
    expect(reply.answers[0]?.kind).toBe('result');
  });

  it('asks elsewhere when a key is not accepted', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 50 } });
    await world.runMany(5);
    world.nodes.a.answer = () => ({ kind: 'error', code: -32000, message: 'Unauthorized: You must authenticate.' });
    expect((await world.run()).endpoint).toBe(world.names.b);
  });

  it("passes on a node's other errors as answers", async () => {
    const world = createWorld({ a: {}, b: {} });
    const error = { kind: 'error', code: -32000, message: 'header not found' } as const;
    world.nodes.a.answer = () => error;
    world.nodes.b.answer = () => error;
    expect((await world.run()).answers).toEqual([error]);
  });
});

describe('hedged requests', () => {
  it('asks a second endpoint when the answer is long in coming, and takes the first one', async () => {
    const world = createWorld({ a: { latencyMs: 20 }, b: { latencyMs: 200 } });
    await world.runMany(20);
    world.nodes.a.latencyMs = 8_000;
    const before = world.nodes.a.requests;
    let reply: PoolReply | undefined;
    while (world.nodes.a.requests === before) {
      const began = world.now();
      reply = await world.run();
      expect(world.now() - began).toBeLessThan(3_000);
    }
    expect(reply?.endpoint).toBe(world.names.b);
    expect(world.nodes.a.aborted).toBe(1);
  });

  it('covers an endpoint that never answers, long before its deadline', async () => {
    const world = createWorld({ a: { latencyMs: 20 }, b: { latencyMs: 200 } });
    await world.runMany(20);
    world.nodes.a.deaf = true;
    const began = world.now();
    for (let round = 0; round < 4; round += 1) expect((await world.run()).endpoint).toBe(world.names.b);
    expect(world.now() - began).toBeLessThan(10_000);
  });

  it('does not double the load when every endpoint is slow', async () => {
    const world = createWorld({ a: { latencyMs: 20 }, b: { latencyMs: 20 } });
    await world.runMany(20);
    world.nodes.a.latencyMs = 6_000;
    world.nodes.b.latencyMs = 6_000;
    const before = world.asked();
    await world.runMany(60);
    expect(world.asked() - before).toBeLessThan(60 * 1.3);
  });

  it('does not hedge what only one endpoint may answer', async () => {
    const world = createWorld({ a: { latencyMs: 3_000 }, b: { latencyMs: 10 } });
    const reply = await world.run([call], { ...sync, only: world.names.a });
    expect(reply.endpoint).toBe(world.names.a);
    expect(world.counts()).toEqual([1, 0]);
  });

  it('lets the first endpoint still win', async () => {
    const world = createWorld({ a: { latencyMs: 1_500 }, b: { role: 'fallback', latencyMs: 5_000 } });
    const reply = await world.run();
    expect(reply.endpoint).toBe(world.names.a);
  });
});

describe('batches', () => {
  const calls = Array.from({ length: 250 }, (_, index) => ({ method: 'eth_call', params: [index] }));
  const expected = calls.map(({ params }) => ({ kind: 'result', value: params[0] }));

  it('splits what is more than a batch, and all comes from one endpoint in order', async () => {
    const world = createWorld({ a: {}, b: {} });
    const sizes = watchSizes(world);
    const reply = await world.run(calls);
    expect(reply.answers).toEqual(expected);
    expect(sizes).toEqual([100, 100, 50]);
    expect(world.counts().filter((count) => count > 0)).toEqual([3]);
  });

  it('moves as a whole when an endpoint fails midway', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 80 } });
    await world.runMany(10);
    let parts = 0;
    world.nodes.a.onAsked = () => {
      parts += 1;
      if (parts === 2) world.nodes.a.fail = 'network';
    };
    const reply = await world.run(calls);
    expect(reply.endpoint).toBe(world.names.b);
    expect(reply.answers).toEqual(expected);
  });

  it.each([
    ['by one error', { refusedWhole: true, message: 'Invalid Request' }],
    ['item by item', { refusedWhole: false, message: 'batch too large' }],
  ])(
    'learns how many calls an endpoint takes at once where it refuses %s',
    async (_title, { refusedWhole, message }) => {
      const world = createWorld({ a: {} });
      const sizes = watchSizes(world);
      world.nodes.a.maxBatch = { size: 20, refusedWhole, message };
      expect((await world.run(calls)).answers).toEqual(expected);
      sizes.splice(0);
      expect((await world.run(calls)).answers).toEqual(expected);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
      expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(6);
    },
  );

  it('takes the size that the endpoint names', async () => {
    const world = createWorld({ a: {} });
    world.nodes.a.maxBatch = {
      size: 3,
      refusedWhole: true,
      message: 'Batch of more than 3 requests are not allowed on free plan',
    };
    const sizes = watchSizes(world);
    expect((await world.run(calls.slice(0, 9))).answers).toEqual(expected.slice(0, 9));
    expect(sizes).toEqual([9, 3, 3, 3]);
  });

  it('sends single calls to an endpoint that knows no batches', async () => {
    const world = createWorld({ a: {} });
    world.nodes.a.maxBatch = { size: 1, refusedWhole: true, message: 'Batch requests are not supported' };
    expect((await world.run(calls.slice(0, 10))).answers).toEqual(expected.slice(0, 10));
  });

  it('asks for less at once when the answer of a batch is too large, and forgets it', async () => {
    const world = createWorld({ a: {} });
    const sizes = watchSizes(world);
    world.nodes.a.failIf = (asked) => (asked.length > 30 ? 'tooLarge' : undefined);
    expect((await world.run(calls.slice(0, 100))).answers).toEqual(expected.slice(0, 100));
    expect(sizes).toEqual([100, 50, 50, 25, 25, 25, 25]);
    sizes.splice(0);
    world.nodes.a.failIf = undefined;
    await world.run(calls.slice(0, 100));
    expect(sizes).toEqual([100]);
  });
});

describe('what is set aside', () => {
  it('is not asked for minutes, for longer the second time, and comes back', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 90 } });
    await world.runMany(10);
    world.pool.setAside(world.names.a, { reason: 'logMissing', detail: 'block 7' });
    expect(world.pool.listUsable('sync')).toEqual([world.names.b]);
    const score = world.pool.listScores()[0];
    expect(score).toMatchObject({
      state: 'setAside',
      faults: 1,
      lastFault: { reason: 'logMissing', detail: 'block 7' },
    });
    expect(score?.setAsideUntil?.getTime()).toBe(world.wallTime() + 300_000);
    const before = world.counts()[0];
    await world.runMany(20);
    expect(world.counts()[0]).toBe(before);
    await world.pass(300_000);
    await world.runMany(5);
    expect(world.counts()[0]).toBeGreaterThan(before ?? 0);
    world.pool.setAside(world.names.a, { reason: 'logMissing', detail: 'block 8' });
    expect(world.pool.listScores()[0]?.setAsideUntil?.getTime()).toBe(world.wallTime() + 1_800_000);
  });

  it('is named with its reason when nobody is left', async () => {
    const world = createWorld({ a: {}, b: {} });
    await world.runMany(4);
    world.pool.setAside(world.names.a, { reason: 'logMissing', detail: 'block 7' });
    world.pool.setAside(world.names.b, { reason: 'logAltered', detail: 'block 9' });
    const thrown = await world.run().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(RetryableError);
    expect(String(thrown)).toMatch(/a\.example.*logMissing: block 7.*b\.example.*logAltered: block 9/);
  });

  it('is the only one there is: then for seconds', async () => {
    const world = createWorld({ a: {} });
    await world.run();
    world.pool.setAside(world.names.a, { reason: 'logMissing', detail: 'x' });
    await expect(world.run()).rejects.toThrow('logMissing');
    await world.pass(10_001);
    expect((await world.run()).answers).toHaveLength(1);
  });

  it('counts an odd answer without consequence', async () => {
    const world = createWorld({ a: {} });
    await world.run();
    world.pool.noteFault(world.names.a, { reason: 'unordered', detail: 'block 3' });
    expect(world.pool.listScores()[0]).toMatchObject({
      state: 'usable',
      faults: 1,
      lastFault: { reason: 'unordered' },
    });
  });
});

describe('the chain', () => {
  it('is asked of each endpoint before its first use, once for all that wait', async () => {
    const world = createWorld({ a: {} });
    await world.runAll(10);
    expect(world.nodes.a.chainChecks).toBe(1);
  });

  it('of one endpoint is another: it is set aside and the others go on', async () => {
    const world = createWorld({ a: { chainId: 1 }, b: {} });
    for (let round = 0; round < 10; round += 1) expect((await world.run()).endpoint).toBe(world.names.b);
    expect(world.pool.listScores()[0]).toMatchObject({ state: 'setAside', lastFault: { reason: 'wrongChain' } });
    expect(world.counts()[0]).toBe(0);
  });

  it('of every endpoint that answers is another: the user must mend it', async () => {
    const world = createWorld({ a: { chainId: 1 }, b: { fail: 'network' } });
    const thrown = await world.run().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UserError);
    expect(String(thrown)).toContain('Expected chain 42161 at http://a.example, got chain 1. Correct RPC_URLS.');
  });

  it('is asked again every hour, and an endpoint that was switched is set aside', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 90 } });
    await world.runMany(10);
    world.nodes.a.chainId = 5;
    await world.runMany(5);
    expect(world.pool.listScores()[0]?.state).toBe('usable');
    await world.pass(3_600_001);
    await world.runMany(5);
    expect(world.pool.listScores()[0]).toMatchObject({ state: 'setAside', lastFault: { reason: 'wrongChain' } });
  });

  it('that was right before and is not now is an outage, not a mistake of the user', async () => {
    const world = createWorld({ a: {} });
    await world.run();
    world.nodes.a.chainId = 5;
    await world.pass(3_600_001);
    await expect(world.run()).rejects.toBeInstanceOf(RetryableError);
  });

  it('id that is none is no answer', async () => {
    const world = createWorld({ a: { latencyMs: 1 }, b: { latencyMs: 90 } });
    world.nodes.a.chainAnswer = 'mainnet';
    for (let round = 0; round < 5; round += 1) expect((await world.run()).endpoint).toBe(world.names.b);
  });
});

describe('heads', () => {
  it('are told by the endpoints that announce them, of those that serve this chain', async () => {
    const world = createWorld({ a: { announces: true }, b: { announces: true, chainId: 1 }, c: {} });
    const heads: unknown[] = [];
    const { live } = world.pool.subscribeHeads((header, endpoint) => heads.push([header, endpoint]));
    await world.pass(100);
    world.nodes.a.announce({ number: '0x10' });
    world.nodes.b.announce({ number: '0x99' });
    expect(live).toBe(true);
    expect(heads).toEqual([[{ number: '0x10' }, world.names.a]]);
    expect(world.pool.listScores()[0]?.headHeight).toBe(16);
  });

  it('cannot be announced where no endpoint can', () => {
    expect(createWorld({ a: {} }).pool.subscribeHeads(() => undefined).live).toBe(false);
  });

  it('are subscribed to again, at growing intervals, after a subscription ended', async () => {
    const world = createWorld({ a: { announces: true } });
    const heads: unknown[] = [];
    world.pool.subscribeHeads((header) => heads.push(header));
    await world.pass(10);
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const subscribed = world.nodes.a.subscriptions;
      const endedAt = world.now();
      world.nodes.a.endSubscription();
      while (world.nodes.a.subscriptions === subscribed) await world.pass(100);
      times.push(world.now() - endedAt);
    }
    expect(times[0]).toBeLessThan(1_200);
    expect(times[4]).toBeGreaterThan(4_000);
    world.nodes.a.announce({ number: '0x1' });
    expect(heads).toHaveLength(1);
  });

  it('are told no more after stop', async () => {
    const world = createWorld({ a: { announces: true } });
    const heads: unknown[] = [];
    const watch = world.pool.subscribeHeads((header) => heads.push(header));
    await world.pass(10);
    watch.stop();
    world.nodes.a.announce({ number: '0x1' });
    expect(heads).toEqual([]);
    expect(world.nodes.a.subscribed).toBe(false);
  });

  it('are learned from answers as well', async () => {
    const world = createWorld({ a: {} });
    world.nodes.a.answer = () => ({ kind: 'result', value: { number: '0x2a' } });
    await world.run([{ method: 'eth_getBlockByNumber', params: ['latest', false] }], { purpose: 'head' });
    expect(world.pool.listScores()[0]?.headHeight).toBe(42);
  });
});

describe('the scorecard', () => {
  it('counts requests, calls and bytes', async () => {
    const world = createWorld({ a: { latencyMs: 25 } });
    world.nodes.a.bytesOf = () => 500;
    await world.run([call, call, call]);
    await world.runMany(30);
    expect(world.pool.listScores()).toMatchObject([
      { name: 'http://a.example', role: 'any', state: 'usable', requests: 32, calls: 34, failures: 0, faults: 0 },
    ]);
    expect(world.pool.listScores()[0]?.bytes).toBeGreaterThan(1_000);
    expect(world.pool.listScores()[0]?.latencyMs).toBeGreaterThan(20);
  });
});

it('sends the same requests for the same seed', async () => {
  const trace = async () => {
    const world = createWorld({ a: { latencyMs: 30, perSecond: 50 }, b: { latencyMs: 35 }, c: { latencyMs: 90 } });
    await world.runAll(200);
    world.nodes.b.fail = 'network';
    await world.runAll(50);
    return world.trace;
  };
  expect(await trace()).toEqual(await trace());
});

interface Node {
  role?: EndpointRole;
  latencyMs?: number;
  chainId?: number;
  fail?: TransportFault | undefined;
  retryAfterMs?: number;
  /** Requests a second beyond which it answers 429. */
  perSecond?: number;
  announces?: boolean;
}

/** A scripted endpoint; what is not set behaves well. */
class ScriptedNode implements Node {
  latencyMs = 10;
  chainId = CHAIN;
  fail: TransportFault | undefined;
  retryAfterMs: number | undefined;
  perSecond: number | undefined;
  deaf = false;
  chainAnswer: unknown;
  chainChecks = 0;
  requests = 0;
  aborted = 0;
  subscriptions = 0;
  subscribed = false;
  maxBatch: { size: number; refusedWhole: boolean; message: string } | undefined;
  failIf: ((calls: readonly RpcCall[]) => TransportFault | undefined) | undefined;
  onAsked: (calls: readonly RpcCall[]) => void = () => undefined;
  answer: (call: RpcCall) => RpcAnswer = ({ params }) => ({ kind: 'result', value: params[0] });
  bytesOf: (calls: readonly RpcCall[]) => number = () => 100;
  latencyOf: (calls: readonly RpcCall[]) => number = () => this.latencyMs;
  announce: (header: unknown) => void = () => undefined;
  endSubscription: () => void = () => undefined;
  readonly transport: Transport;
  readonly #recent: number[] = [];

  constructor(
    readonly name: string,
    node: Node,
    private readonly runtime: Runtime,
    private readonly trace: string[],
  ) {
    Object.assign(this, node);
    const send: Transport['send'] = (calls, options) => this.#send(calls, options);
    this.transport = {
      send,
      close: async () => undefined,
      ...(node.announces ? { subscribeHeads: this.#subscribe } : {}),
    };
  }

  async #send(calls: readonly RpcCall[], options: SendOptions) {
    const isCheck = calls.length === 1 && calls[0]?.method === 'eth_chainId';
    if (isCheck) this.chainChecks += 1;
    else {
      this.requests += 1;
      this.trace.push(`${this.runtime.now()} ${this.name} ${calls.length}`);
      this.onAsked(calls);
    }
    if (this.deaf) await new Promise(() => undefined);
    const fault = this.#overRate() ? 'rateLimited' : (this.failIf?.(calls) ?? this.fail);
    const ms = isCheck ? 1 : this.latencyOf(calls);
    const deadline = fault === 'timeout' || ms > options.deadlineMs;
    await this.runtime.sleep(deadline ? options.deadlineMs : ms, options.signal);
    if (options.signal?.aborted) {
      this.aborted += 1;
      throw new TransportError('aborted', `${this.name}: aborted`);
    }
    if (deadline) throw new TransportError('timeout', `http://${this.name}.example: late`);
    if (fault) throw new TransportError(fault, `http://${this.name}.example: ${fault}`, this.retryAfterMs);
    if (isCheck)
      return this.#reply([{ kind: 'result', value: this.chainAnswer ?? `0x${this.chainId.toString(16)}` }], calls);
    if (this.maxBatch && calls.length > this.maxBatch.size) {
      const error = { kind: 'error', code: -32600, message: this.maxBatch.message } as const;
      const answers = calls.map(() => error);
      return { answers, bytes: 50, ...(this.maxBatch.refusedWhole ? { refusedWhole: true } : {}) };
    }
    return this.#reply(
      calls.map((each) => this.answer(each)),
      calls,
    );
  }

  #reply(answers: readonly RpcAnswer[], calls: readonly RpcCall[]) {
    return { answers, bytes: this.bytesOf(calls) };
  }

  #overRate(): boolean {
    if (this.perSecond === undefined) return false;
    const now = this.runtime.now();
    while ((this.#recent[0] ?? now) < now - 1_000) this.#recent.shift();
    if (this.#recent.length >= this.perSecond) return true;
    this.#recent.push(now);
    return false;
  }

  readonly #subscribe: NonNullable<Transport['subscribeHeads']> = (onHead, onEnd) => {
    this.subscriptions += 1;
    this.subscribed = true;
    this.announce = (header) => this.subscribed && onHead(header);
    this.endSubscription = () => {
      this.subscribed = false;
      onEnd('broken');
    };
    return () => {
      this.subscribed = false;
    };
  };
}

function watchSizes(world: { readonly nodes: { readonly a: ScriptedNode; readonly b?: ScriptedNode } }): number[] {
  const sizes: number[] = [];
  for (const node of Object.values(world.nodes)) node.onAsked = (calls: readonly RpcCall[]) => sizes.push(calls.length);
  return sizes;
}

function createWorld<Name extends string>(
  script: Readonly<Record<Name, Node>>,
  options: Partial<EndpointPoolOptions> & { readonly urls?: readonly string[] } = {},
) {
  const clock = createVirtualRuntime();
  const trace: string[] = [];
  const entries = Object.entries<Node>(script);
  const nodes = entries.map(([name, node]) => new ScriptedNode(name, node, clock.runtime, trace));
  const urls = options.urls ?? entries.map(([name]) => `http://${name}.example/secret`);
  const endpoints: EndpointDefinition[] = entries.map(([, { role }], index) => ({ url: urls[index] ?? '', role }));
  const pool: EndpointPool = createEndpointPool({
    chainId: CHAIN,
    endpoints,
    runtime: clock.runtime,
    createTransport: (url) => {
      const node = nodes[urls.indexOf(url)];
      if (!node) throw new Error(`Expected a scripted endpoint, got ${url}.`);
      return node.transport;
    },
    ...options,
  });
  const run = (calls: readonly RpcCall[] = [call], request: PoolRequest = sync): Promise<PoolReply> =>
    clock.drive(pool.request(calls, request));
  return {
    pool,
    trace,
    nodes: Object.fromEntries(nodes.map((node) => [node.name, node])) as Record<Name, ScriptedNode>,
    names: Object.fromEntries(entries.map(([name]) => [name, `http://${name}.example`])) as Record<Name, string>,
    ...clock,
    now: clock.runtime.now,
    wallTime: () => clock.runtime.wallTime().getTime(),
    run,
    async runMany(times: number, request: PoolRequest = sync) {
      for (let round = 0; round < times; round += 1) await run([call], request);
    },
    runAll: (times: number) =>
      clock.drive(Promise.all(Array.from({ length: times }, () => pool.request([call], sync)))),
    counts: () => nodes.map(({ requests }) => requests),
    asked: () => nodes.reduce((sum, { requests }) => sum + requests, 0),
  };
}

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that jumps to the next timer once nothing else is left to do. */
function createVirtualRuntime(seed = 1) {
  let now = 0;
  let state = seed;
  const timers = new Set<Timer>();
  const runtime: Runtime = {
    now: () => now,
    wallTime: () => new Date(Date.UTC(2026, 0, 1) + now),
    random() {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    },
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          timers.delete(timer);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer: Timer = { at: now + ms, wake };
        timers.add(timer);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const next = () => {
    let first: Timer | undefined;
    // Insertion order is the order of timers of the same time.
    for (const timer of timers) if (!first || timer.at < first.at) first = timer;
    return first;
  };
  return {
    runtime,
    timers: () => timers.size,
    async drive<T>(promise: Promise<T>): Promise<T> {
      let over = false;
      const done = promise.finally(() => {
        over = true;
      });
      done.catch(() => undefined);
      for (;;) {
        await settle();
        if (over) return done;
        const timer = next();
        if (!timer) throw new Error('Expected a timer, all wait for ever.');
        now = timer.at;
        timer.wake();
      }
    },
    async pass(ms: number): Promise<void> {
      const until = now + ms;
      for (;;) {
        await settle();
        const timer = next();
        if (!timer || timer.at > until) break;
        now = timer.at;
        timer.wake();
      }
      now = until;
    },
  };
}
