import { hashMessage } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import type { Hex } from './hex.js';
import { recoverSigner } from './recoverSigner.js';

const ORDER = 0xffffffff_ffffffff_ffffffff_fffffffe_baaedce6_af48a03b_bfd25e8c_d0364141n;
const account = mnemonicToAccount('test test test test test test test test test test test junk');
const hash = hashMessage('an order');
const toHex = (value: bigint) => value.toString(16).padStart(64, '0');

describe('recoverSigner', () => {
  let signature: Hex;
  let [r, s, v] = ['', '', ''];

  beforeAll(async () => {
    signature = await account.signMessage({ message: 'an order' });
    [r, s, v] = [signature.slice(2, 66), signature.slice(66, 130), signature.slice(130)];
  });

  it('names who signed, in either form', async () => {
    const signer = account.address.toLowerCase();
    expect(await recoverSigner(hash, signature)).toBe(signer);
    const second = BigInt(`0x${s}`) | (v === '1c' ? 1n << 255n : 0n);
    expect(await recoverSigner(hash, `0x${r}${toHex(second)}`)).toBe(signer);
  });

  it('names somebody else for another hash', async () => {
    const other = await recoverSigner(hashMessage('another order'), signature);
    expect(other).not.toBe(account.address.toLowerCase());
  });

  it('takes the twin of a signature for none', async () => {
    const twin = `0x${r}${toHex(ORDER - BigInt(`0x${s}`))}${v === '1b' ? '1c' : '1b'}` as const;
    expect(await recoverSigner(hash, twin)).toBeUndefined();
  });

  it.each([
    ['nothing', () => '0x'],
    ["a contract wallet's", () => `0x${'ab'.repeat(97)}`],
    ['zeros', () => `0x${'00'.repeat(64)}1b`],
    ['a v of 0', () => `${signature.slice(0, 130)}00`],
    ['an r beyond the curve', () => `0x${'f'.repeat(64)}${s}1b`],
    ['an r of no point', () => `0x${toHex(5n)}${s}1b`],
  ])('names nobody for %s', async (_, toSignature) => {
    expect(await recoverSigner(hash, toSignature() as Hex)).toBeUndefined();
  });
});
