import { assertNever } from '../../../schema/lib/assert.js';

/**
 * exact: every log is compared with receipts whose root the header holds. superset: headers and blooms only, which
 * prove absence, and presence as far as a bloom can. off: nothing is proven, and that is shown.
 */
export type VerificationPolicy = 'exact' | 'superset' | 'off';

export type ChainFamily = 'ethereum' | 'op-stack' | 'arbitrum' | 'unknown';

/** How receipts of a type are written into the trie: see receiptsRoot. */
export type ReceiptForm = 'legacy' | 'typed' | 'deposit' | 'classic';

export interface ChainRules {
  readonly family: ChainFamily;
  readonly receiptForms: ReadonlyMap<number, ReceiptForm>;
  /** The strictest policy that raises no alarm on honest blocks, from each height on; ascending, the first at 0. */
  readonly policies: readonly ChainPolicy[];
  /** What is done of that for the past, where the operator says nothing; absent: all of it. */
  readonly backfill?: Omit<ChainPolicy, 'from'> | undefined;
}

export interface ChainPolicy {
  readonly from: number;
  readonly policy: VerificationPolicy;
  /** For the reader: why not more, or what it rests on. */
  readonly reason: string;
}

export function getChainRules(chainId: number): ChainRules {
  return chains.get(chainId) ?? unknownChain;
}

/** The policy at a height. */
export function getPolicy(rules: ChainRules, height: number): ChainPolicy {
  const policy = rules.policies.findLast(({ from }) => from <= height);
  return policy ?? { from: 0, policy: 'off', reason: 'No policy is known for this height.' };
}

/** Types shared by all: EIP-2718 legacy, 2930, 1559, 4844, 7702. */
const ethereumForms: readonly (readonly [number, ReceiptForm])[] = [
  [0x00, 'legacy'],
  [0x01, 'typed'],
  [0x02, 'typed'],
  [0x03, 'typed'],
  [0x04, 'typed'],
];

function toReceiptForms(family: ChainFamily): ReadonlyMap<number, ReceiptForm> {
  switch (family) {
    case 'ethereum':
    case 'unknown':
      return new Map(ethereumForms);
    case 'op-stack':
      // Deposit: ethereum-optimism/op-geth core/types/receipt.go @ 7b56c73 (EncodeIndex). Post-exec, not active yet,
      // has the common form: ethereum-optimism/specs, protocol/lagoon/post-exec, and op-geth#797.
      return new Map([...ethereumForms, [0x7d, 'typed'], [0x7e, 'deposit']]);
    case 'arbitrum':
      // OffchainLabs/go-ethereum core/types/receipt.go @ 49b38a6 (EncodeIndex): deposit, unsigned, contract, retry,
      // submit retryable, internal; 0x67 is no type. 0x78 are the receipts of before Nitro (arbitrum-classic
      // arb-evm/evm/result.go @ 551a39b).
      return new Map([
        ...ethereumForms,
        ...[0x64, 0x65, 0x66, 0x68, 0x69, 0x6a].map((type) => [type, 'typed'] as const),
        [0x78, 'classic'],
      ]);
    default:
      return assertNever(family);
  }
}

function defineChain(family: ChainFamily, ...policies: readonly ChainPolicy[]): ChainRules {
  const backfill = family === 'arbitrum' || family === 'op-stack' ? manyBlocks : undefined;
  return { family, receiptForms: toReceiptForms(family), policies, backfill };
}

/** Base has 40 million blocks, Arbitrum One 500 million; a header is about 1.5 kB of JSON. */
const manyBlocks: Omit<ChainPolicy, 'from'> = {
  policy: 'off',
  reason: 'Not verified: the headers of all past blocks of this chain are hundreds of gigabytes. It can be asked for.',
};

function exactFrom(from: number): ChainPolicy {
  return { from, policy: 'exact', reason: 'Headers, blooms and receipts are verified.' };
}

const unknownChain = defineChain('unknown', {
  from: 0,
  policy: 'off',
  reason: 'Not verified: how this chain hashes its headers and receipts is not known here.',
});

const polygon = defineChain('unknown', {
  from: 0,
  policy: 'off',
  reason: 'Not verified: logs of state syncs stand in no receipt that the header commits to (0xPolygon/bor#90).',
});

/** A false alarm would stop a sync, so a chain is believed until a block of it was compared. */
const unverified = {
  from: 0,
  policy: 'off',
  reason: 'Not verified: no block of this chain was yet compared with what is computed here.',
} as const;
const untried = defineChain('ethereum', unverified);
const untriedOrbit = defineChain('arbitrum', unverified);

const chains: ReadonlyMap<number, ChainRules> = new Map([
  // Nodes that do not keep states after each transaction cannot serve the receipts of before Byzantium.
  [
    1,
    defineChain(
      'ethereum',
      {
        from: 0,
        policy: 'superset',
        reason: 'Receipts of before Byzantium hold state roots that few nodes still have.',
      },
      exactFrom(4_370_000),
    ),
  ],
  [11_155_111, defineChain('ethereum', exactFrom(0))], // Sepolia
  [17_000, defineChain('ethereum', exactFrom(0))], // Holesky
  [560_048, defineChain('ethereum', exactFrom(0))], // Hoodi
  [31_337, defineChain('ethereum', exactFrom(0))], // the devnet's anvil
  [31_339, defineChain('ethereum', exactFrom(0))], // that of its market
  [
    10, // OP Mainnet; Bedrock: op-geth params/superchain.go @ 7b56c73
    defineChain(
      'op-stack',
      { from: 0, policy: 'off', reason: 'Not verified: blocks of before Bedrock were made by another machine.' },
      exactFrom(105_235_063),
    ),
  ],
  [8_453, defineChain('op-stack', exactFrom(0))], // Base
  [84_532, defineChain('op-stack', exactFrom(0))], // Base Sepolia
  [11_155_420, defineChain('op-stack', exactFrom(0))], // OP Sepolia
  [
    42_161, // Arbitrum One; the first block of Nitro is 22,207,817 (OffchainLabs/arbitrum-sdk, constants)
    defineChain(
      'arbitrum',
      {
        from: 0,
        policy: 'superset',
        reason: 'Before Nitro receipts are looked at only where a bloom raises suspicion.',
      },
      exactFrom(22_207_817),
    ),
  ],
  [42_170, defineChain('arbitrum', exactFrom(0))], // Arbitrum Nova
  [421_614, defineChain('arbitrum', exactFrom(0))], // Arbitrum Sepolia
  [56, untried], // BNB Smart Chain
  [134, untried], // iExec's Bellecour
  [16_661, untried], // 0G
  [9_999_999, untriedOrbit], // Fluence, an Arbitrum Orbit chain (fluence.dev/docs)
  [137, polygon],
  [80_002, polygon],
]);
