import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createDnsResolve, type Resolve, resolveTarget } from './resolveTarget.js';

const { signal } = new AbortController();

function resolve(answers: readonly string[], listOwn?: () => readonly string[]): Promise<readonly string[]> {
  const options = { allowPrivate: false, resolve: async () => answers, signal };
  return resolveTarget(new URL('http://provider.example'), options, listOwn);
}

describe('the addresses of a name', () => {
  it('are tried IPv4 first, and two of each family at most', async () => {
    const answers = ['2a00::1', '2a00::2', '2a00::3', '93.184.215.1', '93.184.215.2', '93.184.215.3'];
    expect(await resolve(answers)).toEqual(['93.184.215.1', '93.184.215.2', '2a00::1', '2a00::2']);
  });

  it('are refused where one is of this machine, public or not', async () => {
    const refused = resolve(['93.184.215.1', '93.184.215.2'], () => ['93.184.215.2']);
    await expect(refused).rejects.toMatchObject({ reason: 'blockedAddress' });
    const own = Object.values(networkInterfaces()).flatMap((entries) => entries?.map(({ address }) => address) ?? []);
    expect(own.length).toBeGreaterThan(0);
    for (const address of own) await expect(resolve([address])).rejects.toMatchObject({ reason: 'blockedAddress' });
  });

  it('do not show in the refusal', async () => {
    await expect(resolve(['10.1.2.3'])).rejects.toThrow(
      'Expected a public address of provider.example, got an address of a private network.',
    );
  });
});

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const A = 1;
const AAAA = 28;
const REFUSED = 5;
type Records = (type: number) => readonly Buffer[] | number | undefined;

/** A name server: the addresses of a type, an error code, or silence. */
async function startNameServer(answer: Records): Promise<{ resolve: Resolve; names: readonly string[] }> {
  const names: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, sender) => {
    const nameEnd = query.indexOf(0, 12) + 1;
    names.push(readName(query.subarray(12, nameEnd)));
    const type = query.readUInt16BE(nameEnd);
    const found = answer(type);
    if (found === undefined) return;
    const records = typeof found === 'number' ? [] : found;
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(0x8180 | (typeof found === 'number' ? found : 0), 2);
    for (const [at, count] of [1, records.length, 0, 0].entries()) head.writeUInt16BE(count, 4 + 2 * at);
    const question = query.subarray(12, nameEnd + 4);
    socket.send(Buffer.concat([head, question, ...records.map((data) => toRecord(type, data))]), sender.port);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  ends.push(() => socket.close());
  return { resolve: createDnsResolve([`127.0.0.1:${socket.address().port}`]), names };
}

function readName(labels: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; labels[at]; at += 1 + (labels[at] ?? 0)) {
    parts.push(labels.toString('latin1', at + 1, at + 1 + (labels[at] ?? 0)));
  }
  return parts.join('.');
}

/** Named by a pointer to the question, class IN, no time to live. */
function toRecord(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  for (const [at, value] of [0xc00c, type, 1, 0, 0, data.length].entries()) head.writeUInt16BE(value, 2 * at);
  return Buffer.concat([head, data]);
}

const ipv4 = (...bytes: readonly number[]) => Buffer.from(bytes);
const ipv6 = Buffer.from('26062800021fcb07682080daaf6b8b2c', 'hex');

describe('asking the name servers', () => {
  it('gives the addresses of both families', async () => {
    const { resolve, names } = await startNameServer((type) =>
      type === A ? [ipv4(93, 184, 215, 14), ipv4(10, 0, 0, 1)] : [ipv6],
    );
    const addresses = ['93.184.215.14', '10.0.0.1', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'];
    expect(await resolve('provider.example', signal)).toEqual(addresses);
    // Asked for as it is, never within a search domain of this machine.
    expect(new Set(names)).toEqual(new Set(['provider.example']));
  });

  it.each([
    { family: 'IPv4', has: A, bytes: ipv4(93, 184, 215, 14), address: '93.184.215.14' },
    { family: 'IPv6', has: AAAA, bytes: ipv6, address: '2606:2800:21f:cb07:6820:80da:af6b:8b2c' },
  ])('is content with $family alone', async ({ has, bytes, address }) => {
    const { resolve } = await startNameServer((type) => (type === has ? [bytes] : []));
    expect(await resolve('provider.example', signal)).toEqual([address]);
  });

  it('does not take a name of the hosts file', async () => {
    const { resolve } = await startNameServer(() => 3);
    await expect(resolve('localhost', signal)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('says when it is refused', async () => {
    const { resolve } = await startNameServer(() => REFUSED);
    await expect(resolve('provider.example', signal)).rejects.toMatchObject({ code: 'EREFUSED' });
  });

  it('stops asking a silent one when it is given up', async () => {
    const { resolve } = await startNameServer(() => undefined);
    const controller = new AbortController();
    const answered = resolve('provider.example', controller.signal);
    controller.abort();
    await expect(answered).rejects.toMatchObject({ code: 'ECANCELLED' });
  });
});
