import { type Machine, toCapacities } from './toCapacities.js';

const machine = (id: string, row: Partial<Machine> = {}): Machine => ({
  ...{ id, active: true, gpuModel: 'NVIDIA H100', gpuCount: 8, busy: false },
  ...row,
});

describe('the capacity of a provider', () => {
  it('is by the model that machines claim, free where nobody works and nobody is silent', () => {
    const machines = [
      machine('a'),
      machine('b', { busy: true }),
      machine('c', { gpuCount: 4 }),
      machine('left', { active: false }),
      machine('d', { gpuModel: 'NVIDIA A100', gpuCount: 2 }),
      machine('e', { gpuModel: 'a card of my own', gpuCount: 99 }),
    ];
    const online = new Map([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
    expect(toCapacities(machines, online).map(({ model, ...rest }) => ({ ...rest, model: model?.id ?? null }))).toEqual(
      [
        { model: 'nvidia-h100', machines: 3, gpus: 20, onlineGpus: 16, freeGpus: 8 },
        { model: 'nvidia-a100', machines: 1, gpus: 2, onlineGpus: null, freeGpus: 2 },
        { model: null, machines: 1, gpus: 99, onlineGpus: null, freeGpus: 99 },
      ],
    );
  });

  it('is null, and not nothing, where nobody says', () => {
    expect(toCapacities([machine('a', { gpuModel: null, gpuCount: null, busy: null })], new Map())).toEqual([
      { model: null, machines: 1, gpus: null, onlineGpus: null, freeGpus: null },
    ]);
    expect(toCapacities([], new Map())).toEqual([]);
  });
});
