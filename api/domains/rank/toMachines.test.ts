import { describe, expect, it } from '@jest/globals';
import type { MachineRow } from './rankQueries.js';
import { toMachines } from './toMachines.js';
import { toCapacity } from './toRanking.js';

const row = (given: Partial<MachineRow>): MachineRow => ({
  ...{ id: 'n:a', providerId: 'n:p', networkId: 'n', active: true, region: 'eu', gpuModel: null },
  ...{ gpuCount: 2, vramMb: null, busy: false },
  ...given,
});
const pricing = { ofAsk: () => undefined, ofTrade: () => undefined };
const read = (...machines: readonly MachineRow[]) =>
  toMachines({ id: 'n:p', machines, asks: [], online: new Map(), pricing });

describe('machines of a provider', () => {
  it('stand nowhere that is known where a contract was told an empty region', () => {
    const machines = read(row({ region: '' }), row({ region: '  ' }), row({ region: ' eu-west ' }));
    expect(machines.map(({ region }) => region)).toEqual([null, null, 'eu-west']);
  });

  it.each<[string, readonly Partial<MachineRow>[], boolean | null]>([
    ['enough that are free', [{ gpuCount: 2 }, { gpuCount: null }], true],
    ['too few where all of them say how many', [{ gpuCount: 2 }, { gpuCount: 1, busy: true }], false],
    ['nobody knows whether enough where one does not say', [{ gpuCount: 1 }, { gpuCount: null }], null],
    ['nobody knows whether enough where nobody looked', [{ gpuCount: 8, busy: null }], null],
  ])('are %s', (_, given, available) => {
    expect(toCapacity(read(...given.map(row)), 3).availableNow).toBe(available);
  });
});
