import { readFileSync } from 'node:fs';
import { keccak256, toRlp } from 'viem';
import { describeWithShared, toSharedPath } from '../../../test/sharedData.js';
import { headerHash, listUnknownFields, type RpcHeader } from './headerHash.js';

const noUncles = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347';

/** Mainnet block 21,925,176 (Cancun). */
const cancun: RpcHeader = {
  hash: '0x92dabfa3f61ff1c349d12f5fd0dd4c99760a0a41b77dee8f0a80f83efdcb307a',
  parentHash: '0x2af1ab84a4e79f58be9b35b77968f792a842866f0f94fed37521ecca17c7f442',
  sha3Uncles: noUncles,
  miner: '0x4838b106fce9647bdf1e7877bf73ce8b0bad5f97',
  stateRoot: '0x7b3d5a01f69b7d2ea7479fd7ae35f4bac2700ab6d6d7b4807a7fedf53ced710e',
  transactionsRoot: '0xb6ef2bf0992ccdca89ed200364e20a4446282da6160fd21258cc9b3f4fa9f789',
  receiptsRoot: '0xf883e1a2fb8df9d1d988dec80f13c8aca724590ac357e45e30e0d48b1fbd64ee',
  logsBloom:
    '0x37a509abc1579d93a2ec495befaabd27d7adb9ede7f22df466dbd18c9ff0a4e6c4d71d74b98999f4cb125fc374ee91b7baa3ac6bcebb7ea0b6d7efedd56e3186b3f06e7b5725cb99ea2e737ff2516eb717672877d27c38f097c7b82589e69f799f1ebf009e6e1e76e18fd3319847afd1ba3f74b8b97d6c147bf6bffe13db5f558f6a4b8beb90777dbd5b3f0acfb7adbe7cd4b7a1eda37a3bc5759f5254d1d6b9eff9b556aeffe95cfb3f37cadcd28d8a352fd3d635e443dbe7af677ece8a6d6feb287cca54901fdb73cd63b2f3b79dd649f795ee142e437624df6e2aab6378a24dfd7c7ba11676007fff108a76a8dfbddf7c23485fb870f0478c786c71f25d8b',
  difficulty: '0x0',
  number: '0x14e8d38',
  gasLimit: '0x2243e5b',
  gasUsed: '0xf8e2f0',
  timestamp: '0x67be0db3',
  extraData: '0x546974616e2028746974616e6275696c6465722e78797a29',
  mixHash: '0xe6aaa45d8946d067dc3ff923bdd006f8cf378cbe2d8b20d3575228943fabfa05',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x65d7fcc6',
  withdrawalsRoot: '0x06c67fc3ed2258189eabb31a16a22df10534b319b525bd2a3762d31fb48dda26',
  blobGasUsed: '0x0',
  excessBlobGas: '0x4780000',
  parentBeaconBlockRoot: '0x92ab5cd0d1078545b4d6061ff1a20af12d2c9897ef395889d42b47fa4478a3f6',
};

/** Arbitrum One block 511,882,413, with Nitro's own fields beside the header. */
const nitro: RpcHeader = {
  ...{ sendCount: '0x28aef', l1BlockNumber: '0x18ea3d7' },
  ...{ sendRoot: '0x5415fe5b5fa72ff4ecaf578e7346f9ef8942c832a0f5564f05d8511e3576b334' },
  hash: '0x9f2a4542dcd73b3b7312c2b57ebf79e61dbcd36906c7e8ed500f56ea199fa803',
  parentHash: '0xa31635fa277ca0ea0481d09fc59d1ca55b84b2a12e6c04384ce7532962b8b698',
  sha3Uncles: noUncles,
  miner: '0xa4b000000000000000000073657175656e636572',
  stateRoot: '0x0af9d8afcffe1a8edabe67d676b274dc5642ccfbe938b935cab5a245bfc4b2da',
  transactionsRoot: '0x21cd50773adc2f667e9862eb9da63da3644a0c3631931681d00972a7ef350e74',
  receiptsRoot: '0x4bbc51c714c0499f97f4a4473864495eff600e521f9848f47a935b6c6422d82f',
  logsBloom:
    '0x00001000000000000000000008000000000000000004000000000000000000000000000000000000000080000000000000080201000020100000000000000000000000000200000840000408000000000000000010000040002000000000000000800000000000000000000004100000000000000000000000000012000800000000000000000000000000000001000000000400000000000000001000000000000000000000000000000000000004000000000200000000008000000000000000002002000040200000000000000000000000000000000000000000000000000000200000000000000000000000200000000000000000000000000020000000',
  difficulty: '0x1',
  number: '0x1e82b4ad',
  gasLimit: '0x4000000000000',
  gasUsed: '0x3d721',
  timestamp: '0x6ac36dbd',
  extraData: '0x5415fe5b5fa72ff4ecaf578e7346f9ef8942c832a0f5564f05d8511e3576b334',
  mixHash: '0x0000000000028aef00000000018ea3d7000000000000003d0001000000000000',
  nonce: '0x00000000002770e4',
  baseFeePerGas: '0x1312d00',
};

const zeros = (bytes: number) => `0x${'00'.repeat(bytes)}` as const;

/** Arbitrum One block 16,464,264, of before Nitro and without what London brought. */
const classic: RpcHeader = {
  hash: '0x4bdcb70f92ad97174eee27e9222d555ed184a11e25fcce551a34d56304216ded',
  parentHash: '0xa2eb63c42b739dcee22ce36f9060b9309f4d7728911ee6bacb7ec2681a15cdfd',
  sha3Uncles: noUncles,
  miner: zeros(20),
  stateRoot: zeros(32),
  transactionsRoot: '0x701c7288a9c3e05e2f95e205e98794711deb5c8f05129ec7c6a7d44ffcc832df',
  receiptsRoot: '0xf5f7c8ceaa7dbf8aad936af1c22107680d622fc707bfd053a2240aa3cbd83ea3',
  logsBloom: zeros(256),
  difficulty: '0x0',
  number: '0xfb3988',
  gasLimit: '0xaf23c66',
  gasUsed: '0x0',
  timestamp: '0x62bc79d0',
  extraData: '0x',
  mixHash: zeros(32),
  nonce: zeros(8),
};

/** Block 274 of an OP-stack chain (Canyon). */
const canyon: RpcHeader = {
  hash: '0xfc70e073ec6e1bb7f387698e4be418d7b1ff2216f625cdf41e1b80fb08029ef5',
  parentHash: '0xcfbc479d5f63476538db9ff15295167a6e91ecc9d6cf54be471eded689c251c9',
  sha3Uncles: noUncles,
  miner: '0x4200000000000000000000000000000000000011',
  stateRoot: '0x86be45fb7a22b8c12cbce8d538372b800377cc589de590b6d88f5f65dde97df8',
  transactionsRoot: '0xb01a2ad2c1ceb76f2edcdc02f2e0453c52e24c421fb04132cdfc0da5b70a593e',
  receiptsRoot: '0x8c303881b3e408cc739f55ef3e5133075d552cbec9ee987aff6b71f58cf291ee',
  logsBloom: zeros(256),
  difficulty: '0x0',
  number: '0x112',
  gasLimit: '0x1c9c380',
  gasUsed: '0xb76d',
  timestamp: '0x65da607b',
  extraData: '0x',
  mixHash: '0x8bc8a48326d9309959f2452206c1c842be9fcc9840c789845caab9d290a9700c',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x1418f329',
  withdrawalsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
};

describe('headerHash', () => {
  it.each([
    ['Ethereum, Cancun', cancun],
    ['Arbitrum Nitro', nitro],
    ['Arbitrum before Nitro', classic],
    ['OP stack, Canyon', canyon],
  ])('is the hash of a real header: %s', (_, header) => {
    expect(headerHash(header)).toBe(header.hash);
    expect(listUnknownFields(header)).toEqual([]);
  });

  it('takes null for absent, and either case', () => {
    expect(headerHash({ ...cancun, requestsHash: null, slotNumber: null })).toBe(cancun.hash);
    expect(headerHash({ ...cancun, miner: '0x4838B106FCE9647BDF1E7877BF73CE8B0BAD5F97' })).toBe(cancun.hash);
  });

  it('changes with every field of the header, and with no other', () => {
    const { hash, ...fields } = cancun;
    for (const [name, value] of Object.entries(fields as Readonly<Record<string, string>>)) {
      const last = value.at(-1) === '1' ? '2' : '1';
      expect([name, headerHash({ ...cancun, [name]: value.slice(0, -1) + last })]).not.toEqual([name, hash]);
    }
    expect(headerHash({ ...cancun, size: '0x1', totalDifficulty: '0x2' } as RpcHeader)).toBe(hash);
  });

  it('knows the fields of Amsterdam, and writes one that is missing before another as empty', () => {
    const { number, gasLimit, gasUsed, timestamp, withdrawalsRoot, parentBeaconBlockRoot } = cancun;
    const [root, slot] = [`0x${'ab'.repeat(32)}`, '0x1234'] as const;
    const known = [cancun.parentHash, noUncles, cancun.miner, cancun.stateRoot, cancun.transactionsRoot] as const;
    const rest = [
      cancun.receiptsRoot,
      cancun.logsBloom,
      '0x',
      `0x0${number.slice(2)}`,
      `0x0${gasLimit.slice(2)}`,
    ] as const;
    const more = [gasUsed, timestamp, cancun.extraData, cancun.mixHash, cancun.nonce, '0x65d7fcc6'] as const;
    const forks = [
      withdrawalsRoot ?? '0x',
      '0x',
      '0x04780000',
      parentBeaconBlockRoot ?? '0x',
      '0x',
      root,
      slot,
    ] as const;
    const expected = keccak256(toRlp([...known, ...rest, ...more, ...forks]));
    expect(headerHash({ ...cancun, blockAccessListHash: root, slotNumber: slot })).toBe(expected);
  });

  it('names the field that is no header field', () => {
    expect(() => headerHash({ ...cancun, gasUsed: 16_311_024 as never })).toThrow(
      'header.gasUsed: expected a quantity in hex without leading zeros, such as 0x1b4, got number 16311024.',
    );
    expect(() => headerHash({ ...cancun, mixHash: undefined as never })).toThrow(
      'header.mixHash: expected whole bytes in hex, got nothing.',
    );
    expect(listUnknownFields({ ...cancun, newRoot: '0x1', other: null })).toEqual(['newRoot']);
  });
});

const block = 'ethereum/eth_24666352_block.json';

describeWithShared(block, 'headerHash of mainnet block 24,666,352 (Prague)', () => {
  it('is its hash', () => {
    const header: RpcHeader = JSON.parse(readFileSync(toSharedPath(block), 'utf8'));
    expect(headerHash(header)).toBe('0x0d5cbe009982d49db0fcedde0eff9f62e32d09ddd793501e7cc4738995ff0c70');
    expect(listUnknownFields(header)).toEqual([]);
  });
});
