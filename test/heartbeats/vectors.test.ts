import { createHash, createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { recoverTypedDataAddress } from 'viem';
import { parseEnvelope, toSignedBytes } from '../../schema/heartbeat/envelope.js';
import { judgeBeat } from '../../schema/heartbeat/judgeBeat.js';
import { parseBatch } from '../../schema/heartbeat/parseBatch.js';
import { toBit, toHour } from '../../schema/heartbeat/slots.js';
import { hashMessage, heartbeatTypes, toDelegationId } from '../../schema/heartbeat/typedData.js';
import type { Hex } from '../../schema/lib/hex.js';

/** `docs/heartbeat-vectors.json` is what senders in other languages are tested by: it must be right, and ours must agree. */
const vectors = JSON.parse(readFileSync(new URL('../../docs/heartbeat-vectors.json', import.meta.url), 'utf8'));
const { domain, typedData, batch } = vectors;
const anchor = { chainId: domain.chainId, verifyingContract: domain.verifyingContract };

describe('the vectors of docs/heartbeat.md', () => {
  it.each(Object.keys(heartbeatTypes) as (keyof typeof heartbeatTypes)[])('sign %s as wallets do', async (type) => {
    const { message, hash, signature } = typedData[type];
    const signed = { domain, types: heartbeatTypes, primaryType: type, message, signature } as const;
    expect((await recoverTypedDataAddress(signed as never)).toLowerCase()).toBe(vectors.account);
    expect(hashMessage(anchor, type, toBigInts(message))).toBe(hash);
  });

  it('name a delegation by the hash that was signed', () => {
    expect(toDelegationId(typedData.Delegate.hash)).toBe(vectors.delegationId);
    expect(vectors.delegationId).toBe(typedData.Delegate.hash.slice(0, 34));
  });

  it('sign a batch over its headers and the bytes of its body', () => {
    const parsed = parseEnvelope(batch.headers);
    if ('flaw' in parsed) throw new Error(parsed.flaw.expected);
    const bytes = toSignedBytes(parsed.envelope, Buffer.from(batch.body));
    // Written out once more, without our code.
    const [delegation, counter, slots, beacon] = Object.values(batch.headers);
    expect(bytes.toString()).toBe(
      `computescan-heartbeat-v1\n${delegation}\n${counter}\n${slots}\n${beacon}\n${batch.body}`,
    );
    expect(`0x${createHash('sha256').update(bytes).digest('hex')}`).toBe(batch.signedSha256);
    const key = toPrivateKey(batch.ed25519Seed);
    expect(`0x${sign(null, bytes, key).toString('hex')}`).toBe(batch.signature);
    const publicKey = createPublicKey(key);
    expect(`0x${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')}`).toBe(
      batch.ed25519Pub,
    );
    expect(verify(null, bytes, publicKey, toBuffer(batch.signature))).toBe(true);
    expect(`0x${createHmac('sha256', toBuffer(batch.macSecret)).update(bytes).digest('hex')}`).toBe(batch.mac);
  });

  it('give each beat the digest by which two of one slot are told apart', () => {
    const parsed = parseBatch(batch.body, { nodes: 2, firstSlot: 29_402_925, lastSlot: 29_402_925 });
    if ('flaw' in parsed) throw new Error(parsed.flaw.expected);
    expect(parsed.beats.map(({ digest }) => String(digest))).toEqual(batch.beatDigests);
    const byHand = batch.beatTexts.map((text: string) => createHash('sha256').update(text).digest().readBigInt64BE(0));
    expect(byHand.map(String)).toEqual(batch.beatDigests);
  });

  it.each(vectors.times as ({ verdict: string } & Parameters<typeof judgeBeat>[0])[])(
    'judge a beat of $sentAt that came at $receivedAt as $verdict',
    ({ verdict, ...times }) => {
      expect(judgeBeat(times)).toBe(verdict);
    },
  );

  it('put the slots of an hour into one bitmap', () => {
    const { slots, hour, bits } = vectors.bitmap as { slots: number[]; hour: number; bits: string };
    expect(slots.map(toHour)).toEqual(slots.map(() => hour));
    expect(String(slots.reduce((sum, slot) => sum | toBit(slot), 0n))).toBe(bits);
  });
});

function toBigInts(message: Record<string, unknown>) {
  const entries = Object.entries(message).map(([key, value]) => [
    key,
    typeof value === 'number' ? BigInt(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function toBuffer(hex: Hex): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}

/** PKCS #8 of a seed (RFC 8410). */
function toPrivateKey(seed: Hex) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), toBuffer(seed)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}
