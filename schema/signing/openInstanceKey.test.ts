import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstanceKey, toPublicKey } from './openInstanceKey.js';
import { isSignedBy, parseSignedDocument, signDocument } from './signedDocument.js';

describe("the instance's key", () => {
  let folder: string;
  const file = () => join(folder, 'data', 'instance-key.pem');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'computescan-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, for its owner alone, and read from then on', () => {
    const made = openInstanceKey(file());
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const text = readFileSync(file(), 'utf8');
    expect(openInstanceKey(file()).publicKey).toEqual(made.publicKey);
    expect(readFileSync(file(), 'utf8')).toBe(text);
    expect(readdirSync(join(folder, 'data'))).toEqual(['instance-key.pem']);
    expect(made.publicKey).toMatchObject({ keyId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(made.publicKey.publicKey).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is refused where others may read it, with what to do', () => {
    openInstanceKey(file());
    chmodSync(file(), 0o640);
    expect(() => openInstanceKey(file())).toThrow(/found mode 0640: run chmod 600/);
  });

  it('is refused where it is no Ed25519 key', () => {
    openInstanceKey(file());
    writeFileSync(file(), 'nothing');
    expect(() => openInstanceKey(file())).toThrow(/Expected an Ed25519 private key in PEM in .*remove it/);
  });

  it('signs what its public half confirms, and no byte else', () => {
    const key = openInstanceKey(file());
    const document = { type: 'test', score: '96.000000' };
    const canonical = '{"score":"96.000000","type":"test"}';
    const signed = signDocument(document, { canonical, key });
    const publicKey = toPublicKey(key.publicKey.publicKey);
    expect(isSignedBy(signed, { canonical, publicKey })).toBe(true);
    expect(isSignedBy(signed, { canonical: canonical.replace('96', '97'), publicKey })).toBe(false);
    const value = `${signed.signature.value.startsWith('A') ? 'B' : 'A'}${signed.signature.value.slice(1)}`;
    expect(isSignedBy({ ...signed, signature: { ...signed.signature, value } }, { canonical, publicKey })).toBe(false);
    const stranger = openInstanceKey(join(folder, 'other.pem')).publicKey;
    expect(isSignedBy(signed, { canonical, publicKey: toPublicKey(stranger.publicKey) })).toBe(false);
  });

  it('tells what a file lacks to be a signed document', () => {
    expect(() => parseSignedDocument('{', 'a.json')).toThrow(/Expected JSON in a.json/);
    expect(() => parseSignedDocument('null', 'a.json')).toThrow(/found null/);
    expect(() => parseSignedDocument('{"score":1}', 'a.json')).toThrow(/found the fields score/);
  });
});
