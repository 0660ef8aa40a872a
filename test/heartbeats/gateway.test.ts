import {
  eventually,
  type GatewayWorld,
  openGatewayWorld,
  SLOT,
  START_MS,
  toAccount,
  toNativeId,
} from './openGatewayWorld.js';

let world: GatewayWorld;
beforeAll(async () => {
  world = await openGatewayWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.ms = START_MS;
});

const node = toAccount(1);

describe('a session', () => {
  it('is opened, used, and its beats are stored', async () => {
    const id = await world.addNode(toNativeId(node));
    const session = await world.openSession({ account: node, nodes: [id] });
    expect(session.answer).toMatchObject({
      status: 200,
      body: { code: 'ACCEPTED', counter: 0, slotSeconds: 60, beacon: world.newestBeacon(), serverTime: START_MS },
    });
    const answer = await world.sendBatch(session, [world.makeBeat({ rttUs: 5 })]);
    expect(answer).toMatchObject({
      status: 200,
      body: { code: 'ACCEPTED', written: 1, duplicate: 0, late: 0, refused: 0, refusals: [] },
    });
    expect(await world.rows('select slot, rtt_us from heartbeat')).toEqual([{ slot: SLOT, rtt_us: 5 }]);
    expect(await world.sendSignedBeat(node, id, { heartbeat: { seq: 1n } })).toMatchObject({ status: 409 });
  });
});
void eventually;
