import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  completed,
  created,
  type OpenLive,
  openLive,
  openSocket,
  openStream,
  type PlainSocket,
  toStreamUrl,
  until,
} from './openLive.js';

const jobs = `subscription Jobs($network: ID, $id: ID, $provider: ID, $after: String) {
  jobUpdated(network: $network, id: $id, provider: $provider, after: $after) {
    id cursor retracted block { chain number hash timestamp } job { status provider { id } tasks { id status } }
  }
}`;
const network = 'market-test';

// biome-ignore lint/suspicious/noExplicitAny: messages of any subscription
const toData = (message: any) => Object.values(message.payload.data)[0] as any;
const listJobs = (socket: PlainSocket, id: string) =>
  socket.list(id).map((message) => {
    const { id: job, retracted, block, job: row } = toData(message);
    return [block && Number(block.number), job, retracted, row?.status ?? null];
  });

describe('subscriptions', () => {
  let live: OpenLive;
  beforeAll(async () => {
    live = await openLive();
  });
  afterAll(() => live.close());

  it('tell of jobs as blocks are written, and take back what a reorganisation took back', async () => {
    const stream = await openStream(
      toStreamUrl(live.url, 'subscription { blockIndexed { from retracted block { number } } }'),
    );
    const socket = await openSocket(live.url);
    await socket.subscribe('all', jobs, { network });
    await socket.subscribe('one', jobs, { id: `${network}:A` });
    await socket.subscribe('q', jobs, { provider: `${network}:q` });

    await live.write([[created('a', 'p')], [created('b', 'q')]]);
    await until(() => socket.list('all').length === 2);
    await live.write([[completed('a0')]]);
    await until(() => socket.list('all').length === 3);
    await live.write([[created('c', 'q')], [completed('b0')]]);
    await until(() => socket.list('all').length === 5);
    expect(listJobs(socket, 'all')).toEqual([
      [1, 'market-test:a', false, 'open'],
      [1, 'market-test:b', false, 'open'],
      [2, 'market-test:a', false, 'completed'],
      [3, 'market-test:b', false, 'completed'],
      [3, 'market-test:c', false, 'open'],
    ]);
    expect(listJobs(socket, 'one').map(([height]) => height)).toEqual([1, 2]);
    expect(listJobs(socket, 'q').map(([height, job]) => [height, job])).toEqual([
      [1, 'market-test:b'],
      [3, 'market-test:b'],
      [3, 'market-test:c'],
    ]);

    // The chain is taken back to block 1, and another block 2 completes b.
    await live.rollBack(1);
    await until(() => socket.list('all').length === 8);
    expect(listJobs(socket, 'all').slice(5)).toEqual([
      [1, 'market-test:a', true, 'open'],
      [1, 'market-test:b', true, 'open'],
      [1, 'market-test:c', true, null],
    ]);
    expect(listJobs(socket, 'q').slice(3)).toEqual([
      [1, 'market-test:b', true, 'open'],
      [1, 'market-test:c', true, null],
    ]);
    await live.write([[completed('b0')]], { height: 2, fork: 'x' });
    await until(() => socket.list('all').length === 9);
    expect(listJobs(socket, 'all').slice(8)).toEqual([[2, 'market-test:b', false, 'completed']]);
    await until(() => stream.events.length === 5);
    const blocks = stream.events.map(({ data }) => JSON.parse(data).data.blockIndexed);
    expect(blocks.map(({ from, retracted, block }) => [from, retracted, block.number])).toEqual([
      [null, false, '1'],
      ['1', false, '2'],
      ['2', false, '3'],
      ['1', true, '1'],
      ['1', false, '2'],
    ]);
    stream.stop();
    socket.socket.close();
  });

  it('tell of providers', async () => {
    const socket = await openSocket(live.url);
    const providers = 'subscription P($id: ID) { providerUpdated(id: $id) { id retracted provider { jobCount } } }';
    await socket.subscribe('p', providers, { id: `${network}:z` });
    await live.write([[created('d', 'z')], [created('e', 'q')]]);
    await until(() => socket.list('p').length === 1);
    await live.write([[created('f', 'q')]]);
    await live.write([[created('g', 'z')]]);
    await until(() => socket.list('p').length === 2);
    expect(socket.list('p').map(toData)).toMatchObject([
      { id: 'market-test:z', retracted: false, provider: { jobCount: '1' } },
      { id: 'market-test:z', retracted: false, provider: { jobCount: '2' } },
    ]);
    socket.socket.close();
  });

  it('are spoken as the clients of graphql-ws and graphql-sse speak them', async () => {
    const stream = createSseClient({ url: `${live.url}/graphql/stream` });
    const socket = createClient({ url: `${live.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const query = { query: 'subscription { blockIndexed { block { number } } }' };
    const told: string[] = [];
    const take = (name: string) => ({
      // biome-ignore lint/suspicious/noExplicitAny: as the clients have it
      next: (result: any) => told.push(`${name} ${result.data.blockIndexed.block.number}`),
      error: (error: unknown) => told.push(`${name} ${JSON.stringify(error)}`),
      complete: () => told.push(`${name} complete`),
    });
    const ends = [stream.subscribe(query, take('sse')), socket.subscribe(query, take('ws'))];
    // Until both are there, blocks go by.
    let written = 0;
    while (
      told.filter((line) => line.startsWith('ws')).length < 2 ||
      told.filter((line) => line.startsWith('sse')).length < 2
    ) {
      await live.write([[created(`w${written}`)]]);
      written += 1;
      if (written > 200) throw new Error(`Expected both to be told, got ${told}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const end of ends) end();
    await until(() => told.includes('ws complete') && told.includes('sse complete'));
    const failing = { query: 'subscription { blockIndexed { nothing } }' };
    const errors: unknown[] = [];
    socket.subscribe(failing, {
      next: () => undefined,
      error: (error) => errors.push(error),
      complete: () => undefined,
    });
    await until(() => errors.length === 1);
    expect(errors[0]).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    await socket.dispose();
    stream.dispose();
  });

  it('go on after a restart from a cursor, lose nothing, and double nothing', async () => {
    const first = await openSocket(live.url);
    await first.subscribe('all', jobs, { network });
    await live.write([[created('r1')], [created('r2')], [created('r3')]]);
    await until(() => first.list('all').length === 3);
    const cursors = first.list('all').map((message) => toData(message).cursor as string);
    first.socket.close();
    const url = await live.restart();
    await live.write([[completed('r10')]]);
    await live.write([[created('r4')], [completed('r20')]]);

    const told = async (after: string) => {
      const socket = await openSocket(url);
      await socket.subscribe('all', jobs, { network, after });
      await until(() => socket.list('all').length > 0);
      await live.write([[created(`tail-${after.length}-${Math.random().toString(36).slice(2)}`)]]);
      await until(() => listJobs(socket, 'all').some(([, job]) => String(job).includes('tail')));
      socket.socket.close();
      return listJobs(socket, 'all')
        .map(([, job, retracted, status]) => `${job} ${status}${retracted ? ' retracted' : ''}`)
        .filter((line) => !line.includes('tail'));
    };
    // From within what the first block told: the third was not seen yet.
    expect(await told(cursors[1] ?? '')).toEqual([
      'market-test:r1 completed',
      'market-test:r2 completed',
      'market-test:r3 open',
      'market-test:r4 open',
    ]);
    expect(await told(cursors[2] ?? '')).toEqual([
      'market-test:r1 completed',
      'market-test:r2 completed',
      'market-test:r4 open',
    ]);
  });

  it('tell who comes back after a reorganisation what was taken back', async () => {
    const url = await live.restart();
    const first = await openSocket(url);
    await first.subscribe('all', jobs, { network });
    await live.write([[created('s1')]]);
    await until(() => first.list('all').length === 1);
    const height = Number(toData(first.list('all')[0]).block.number);
    await live.write([[created('s2')], [completed('s10')]]);
    await until(() => first.list('all').length === 3);
    const { cursor } = toData(first.list('all')[2]);
    first.socket.close();
    await live.rollBack(height);
    await live.write([[created('s3')]], { height: height + 1, fork: 'y' });

    const stream = await openStream(toStreamUrl(url, jobs, { network }), { headers: { 'last-event-id': cursor } });
    await until(() => stream.events.length === 3);
    const messages = stream.events.map(({ data }) => JSON.parse(data).data.jobUpdated);
    expect(messages.map(({ id, retracted, job }) => [id, retracted, job?.status ?? null])).toEqual([
      ['market-test:s1', true, 'open'],
      ['market-test:s2', true, null],
      ['market-test:s3', false, 'open'],
    ]);
    expect(new Set(messages.map(({ block }) => block.number))).toEqual(new Set([String(height + 1)]));
    stream.stop();
  });
});
