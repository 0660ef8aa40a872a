import type { Hex } from '../../schema/lib/hex.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { createContracts } from '../decode/createContracts.js';
import type { ContractRead } from '../events/ContractRead.js';
import type { Header } from '../events/logs.js';
import type { Lead } from './Lead.js';
import { createPhaseWatch } from './learnPhases.js';

const network = getNetwork('marlin-arbitrum');
const START = network.definition.contracts[0]?.startBlock ?? 0;
const HEAD = START + 1_000_000;
const proxy = '0x50834f3163758fcc1df9973b6e91f0f0f0434ad3';
const aggregators: readonly Hex[] = ['1', '2', '3'].map((digit): Hex => `0x${digit.repeat(40)}`);
/** First blocks of the phases from 1 on; the first one began before the network did. */
const starts = [0, START + 123_456, START + 999_990];

const toHeader = (height: number) => ({ height, hash: `0x${height.toString(16)}` }) as Header;

interface Chain {
  /** Blocks below have no state any more. */
  readonly prunedBelow?: number;
  readonly decimals?: number;
  readonly kept?: ReadonlyMap<string, unknown>;
  readonly cursor?: number;
}

function openLead({ prunedBelow = 0, decimals = 8, kept = new Map(), cursor }: Chain = {}) {
  const asked: ContractRead[] = [];
  const warnings: string[] = [];
  let now = 0;
  const contracts = createContracts([network]);
  const answer = ({ signature, args, height }: ContractRead): unknown => {
    if (signature.includes('phaseId()')) return starts.filter((start) => start <= height).length;
    if (signature.includes('phaseAggregators')) return aggregators[Number(args[0]) - 1];
    return signature.includes('decimals') ? decimals : undefined;
  };
  const lead = {
    options: {
      ...{ chainId: 42_161, networks: [network], runtime: { now: () => now } },
      log: { warn: (_: object, text: string) => warnings.push(text) },
      store: { findReads: async (keys: string[]) => new Map([...kept].filter(([key]) => keys.includes(key))) },
      source: {
        listHeaders: async (heights: readonly number[]) => heights.map(toHeader),
        async read(reads: readonly ContractRead[]) {
          asked.push(...reads);
          return new Map(reads.filter(({ height }) => height >= prunedBelow).map((read) => [read.key, answer(read)]));
        },
      },
    },
    interpreter: { contracts },
    startHeight: START,
    learned: new Map<string, unknown>(),
    cursor: cursor === undefined ? undefined : { height: cursor, hash: '0x' },
  };
  const watch = createPhaseWatch(lead as unknown as Lead);
  return {
    ...{ contracts, asked, warnings, lead, watch },
    pass(ms: number) {
      now += ms;
    },
    look: () => watch.look(toHeader(HEAD)),
    heights: () => aggregators.map((address) => contracts.findHeight(address)),
  };
}

describe('phases of a feed whose proxy logs none', () => {
  it('are asked of it, and counted from the block in which each began', async () => {
    const { look, heights, lead, asked, warnings, contracts } = openLead();
    await look();
    expect(heights()).toEqual([START, starts[1], starts[2]]);
    expect(contracts.find({ address: aggregators[1], height: START + 123_455, logIndex: 0 } as never)).toBeUndefined();
    // Near the head a reorg may still move it: that one is not kept.
    expect([...lead.learned.keys()]).toEqual([`feedPhase:${proxy}:1`, `feedPhase:${proxy}:2`]);
    expect(asked.length).toBeLessThan(3 * 25);
    expect(warnings).toEqual([]);
  });

  it('are looked at by the hour, and anew after a reorg', async () => {
    const { look, asked, pass, watch } = openLead();
    await look();
    const once = asked.length;
    await look();
    expect(asked.length).toBe(once);
    pass(3_600_000);
    await look();
    expect(asked.length).toBe(once + 1);
    watch.forget();
    await look();
    expect(asked.length).toBe(2 * once + 1);
  });

  it('are not asked for again where they were kept', async () => {
    const kept = new Map([1, 2, 3].map((phase) => [`feedPhase:${proxy}:${phase}`, toKept(phase)]));
    const { look, heights, asked } = openLead({ kept });
    await look();
    expect(heights()).toEqual([100, 200, 300]);
    expect(asked).toHaveLength(1);
  });

  it('count from the start where no node has the state of back then', async () => {
    const { look, heights } = openLead({ prunedBelow: HEAD });
    await look();
    expect(heights()).toEqual([START, START, START]);
  });

  it('are left out where their answers have other decimals', async () => {
    const { look, heights, warnings } = openLead({ decimals: 18 });
    await look();
    expect(heights()).toEqual([undefined, undefined, undefined]);
    expect(warnings[0]).toMatch(/Expected answers of 8 decimals from phase 1 of USDC \/ USD, got 18/);
  });

  it('that began in blocks already written are told with the way to bring them in', async () => {
    const { look, warnings } = openLead({ cursor: HEAD - 5 });
    await look();
    expect(warnings.at(-1)).toMatch(new RegExp(`resync --chain 42161 --from ${starts[2]}`));
  });
});

function toKept(phase: number) {
  return { address: aggregators[phase - 1], height: phase * 100 };
}
