import { type Hex, toBytes, toHex } from '../../../schema/lib/hex.js';

/** One `eth_call` at a block named by its hash. Throws RetryableError where no endpoint can say. */
export interface CallContract {
  /** Whether there is anybody to ask of this chain. */
  canAsk(chainId: number): boolean;
  /** What the contract returned; undefined where the call failed, as it would anywhere. */
  call(
    chainId: number,
    request: { readonly to: Hex; readonly data: Hex; readonly blockHash: Hex },
  ): Promise<Hex | undefined>;
}

/** EIP-1271: whether the contract takes this for its signature. An account without code returns nothing, which is no. */
export async function askContract(
  { call }: CallContract,
  asked: {
    readonly chainId: number;
    readonly account: Hex;
    readonly hash: Hex;
    readonly signature: Hex;
    readonly blockHash: Hex;
  },
): Promise<boolean> {
  const { chainId, account, hash, signature, blockHash } = asked;
  const answer = await call(chainId, { to: account, data: toCallData(hash, signature), blockHash });
  return answer?.toLowerCase() === MAGIC_WORD;
}

/** `isValidSignature(bytes32,bytes)`, whose selector is also what it returns for yes. */
const SELECTOR = '1626ba7e';
const MAGIC_WORD = `0x${SELECTOR}${'0'.repeat(56)}`;

function toCallData(hash: Hex, signature: Hex): Hex {
  const bytes = toBytes(signature);
  const padding = Buffer.alloc((32 - (bytes.length % 32)) % 32);
  const parts = [Buffer.from(SELECTOR, 'hex'), toBytes(hash), toWord(64), toWord(bytes.length), bytes, padding];
  return toHex(Buffer.concat(parts));
}

function toWord(value: number): Buffer {
  const word = Buffer.alloc(32);
  word.writeUInt32BE(value, 28);
  return word;
}
