import fc from 'fast-check';
import { type MachineUse, toCapacity } from './toCapacity.js';

const span = fc.tuple(fc.integer({ min: -500, max: 4_500 }), fc.integer({ min: -500, max: 4_500 }));
const machine: fc.Arbitrary<MachineUse> = fc.record({
  gpus: fc.nat(16),
  online: fc.array(span, { maxLength: 4 }),
  busyGpus: fc.array(
    fc.tuple(fc.integer({ min: -500, max: 4_500 }), fc.integer({ min: -500, max: 4_500 }), fc.nat(20)),
    { maxLength: 4 },
  ),
  reserved: fc.array(span, { maxLength: 3 }),
  draining: fc.array(span, { maxLength: 3 }),
});

describe('capacity', () => {
  it('adds up by state and is never used to more than the full, whatever overlaps (property 13)', () => {
    fc.assert(
      fc.property(fc.array(machine, { maxLength: 5 }), (machines) => {
        const all = toCapacity(3_600, machines);
        expect(all.onlineGpuSeconds).toBeLessThanOrEqual(all.registeredGpuSeconds);
        expect(
          all.availableGpuSeconds + all.busyWhileOnlineGpuSeconds + all.reservedGpuSeconds + all.drainingGpuSeconds,
        ).toBe(all.onlineGpuSeconds);
        for (const part of [all.availableGpuSeconds, all.busyButSilentGpuSeconds])
          expect(part).toBeGreaterThanOrEqual(0);
        expect(all.utilisation === null).toBe(all.onlineGpuSeconds === 0);
        if (all.utilisation !== null) {
          expect(all.utilisation).toBeGreaterThanOrEqual(0);
          expect(all.utilisation).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: Number(process.env.PROPERTY_CASES ?? 2_000) },
    );
  });

  it('puts what is online and idle by maintenance first, then by what is assigned', () => {
    const idle = {
      gpus: 2,
      online: [[0, 400]],
      busyGpus: [[0, 100, 1]],
      reserved: [[50, 300]],
      draining: [[200, 400]],
    };
    expect(toCapacity(400, [idle as unknown as MachineUse])).toMatchObject({
      busyWhileOnlineGpuSeconds: 100,
      reservedGpuSeconds: 50 + 2 * 100,
      drainingGpuSeconds: 2 * 200,
      availableGpuSeconds: 50,
    });
  });

  it('is nothing, and no share, of no machines, no time or no GPUs', () => {
    const none = { onlineGpuSeconds: 0, utilisation: null, onlineShare: null };
    expect(toCapacity(3_600, [])).toMatchObject({ ...none, onlineGpusTimeWeighted: 0 });
    expect(toCapacity(0, [{ gpus: 8, online: [[0, 9]], busyGpus: [] }])).toMatchObject({
      ...none,
      onlineGpusTimeWeighted: null,
    });
    expect(toCapacity(10, [{ gpus: 0, online: [[0, 9]], busyGpus: [[0, 9, 4]] }])).toMatchObject(none);
  });
});
