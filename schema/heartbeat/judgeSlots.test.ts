import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared, toSharedPath } from '../../test/sharedData.js';
import { countVoters, judgeSlot, type SlotVerdict, toThresholds, type Vote } from './judgeSlots.js';

const votes = fc.array(fc.record({ networkGroup: fc.constantFrom('a', 'b', 'c', 'd'), isUp: fc.boolean() }), {
  maxLength: 9,
});

describe('a slot', () => {
  it('is judged the same in whatever order the votes come, however often', () => {
    fc.assert(
      fc.property(votes, fc.integer({ min: 1, max: 4 }), fc.nat(), (given, minObservers, turn) => {
        const verdict = judgeSlot(given, { minObservers });
        const turned = [...given.slice(turn % (given.length + 1)), ...given.slice(0, turn % (given.length + 1))];
        expect(judgeSlot([...turned.reverse(), ...given], { minObservers })).toBe(verdict);
      }),
    );
  });

  it('is UNKNOWN while too few network groups are healthy, however many observers they have', () => {
    const crowd: readonly Vote[] = Array.from({ length: 20 }, () => ({ networkGroup: 'a', isUp: true }));
    expect(judgeSlot(crowd, { minObservers: 2 })).toBe('UNKNOWN');
    expect(judgeSlot([], { minObservers: 1 })).toBe('UNKNOWN');
    expect(judgeSlot(crowd, { minObservers: 1 })).toBe('UP');
  });

  it('is up for a group when one of its observers heard the node', () => {
    const mixed: readonly Vote[] = [
      { networkGroup: 'a', isUp: false },
      { networkGroup: 'a', isUp: true },
    ];
    expect(judgeSlot(mixed, { minObservers: 1 })).toBe('UP');
  });

  it('is judged by the thresholds as by its votes', () => {
    for (let voters = 1; voters <= 9; voters += 1) {
      for (let up = 0; up <= voters; up += 1) {
        const given = Array.from({ length: voters }, (_, index) => ({ networkGroup: String(index), isUp: index < up }));
        const { up: least, down } = toThresholds(voters);
        const verdict = up >= least ? 'UP' : up < down ? 'DOWN' : 'UNKNOWN';
        expect(judgeSlot(given, { minObservers: 1 })).toBe(verdict);
      }
    }
  });

  it('has as many voters as groups were healthy in it', () => {
    const bits = fc.bigInt({ min: 0n, max: (1n << 60n) - 1n });
    fc.assert(
      fc.property(fc.array(bits, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 3 }), (groups, least) => {
        const voters = countVoters(groups, { minObservers: least });
        for (const slot of [0n, 17n, 59n]) {
          const healthy = groups.filter((group) => (group >> slot) & 1n).length;
          const counts = voters.flatMap((slots, index) => ((slots >> slot) & 1n ? [index + 1] : []));
          expect(counts).toEqual(healthy >= least ? [healthy] : []);
        }
      }),
    );
  });
});

describeWithShared('../oracles/metric-oracles.json', 'the oracle of observers', () => {
  interface Oracle {
    readonly id: string;
    readonly inputs: { readonly minObservers: number; readonly slots: readonly { readonly votes: string[][] }[] };
    readonly expected: { readonly verdicts: readonly SlotVerdict[] };
  }

  it('REL-10: a strict majority of network groups, enough of them, or nobody knows', () => {
    const oracles: readonly Oracle[] = JSON.parse(readFileSync(toSharedPath('../oracles/metric-oracles.json'), 'utf8'));
    const oracle = oracles.find(({ id }) => id === 'REL-10');
    const verdicts = oracle?.inputs.slots.map((slot) =>
      judgeSlot(
        slot.votes.map(([networkGroup = '', said]) => ({ networkGroup, isUp: said === 'up' })),
        oracle.inputs,
      ),
    );
    expect(verdicts).toEqual(oracle?.expected.verdicts);
    expect(verdicts).toHaveLength(6);
  });
});
