import type { SlotsRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { compareTexts } from './order.js';

type Counts = Partial<Omit<SlotsRecord, 'provider' | 'day'>>;

export interface SlotSums {
  readonly add: (provider: string, day: number, counts: Counts) => void;
  /** Takes days off from one on. */
  readonly cut: (fromDay: number) => void;
  /** Those of which anything is known, in no order. */
  readonly all: () => readonly SlotsRecord[];
  /** The same by day, then by provider. */
  readonly list: () => readonly SlotsRecord[];
}

/** Adds up slots by provider and day, or whatever else is counted in whole numbers. */
export function createSlotSums(): SlotSums {
  const days = new Map<string, Map<number, { -readonly [K in keyof SlotsRecord]: SlotsRecord[K] }>>();
  const all = () => {
    const known: SlotsRecord[] = [];
    for (const own of days.values()) {
      for (const sum of own.values()) if (sum.known + sum.failures + sum.repairs > 0) known.push(sum);
    }
    return known;
  };
  return {
    add(provider, day, { up = 0, known = 0, maintenance = 0, maintenanceUp = 0, failures = 0, repairs = 0 }) {
      const own = days.get(provider) ?? new Map();
      days.set(provider, own);
      const sum = own.get(day) ?? {
        ...{ provider, day, up: 0, known: 0, maintenance: 0, maintenanceUp: 0, failures: 0, repairs: 0 },
      };
      own.set(day, sum);
      sum.up += up;
      sum.known += known;
      sum.maintenance += maintenance;
      sum.maintenanceUp += maintenanceUp;
      sum.failures += failures;
      sum.repairs += repairs;
    },
    cut(fromDay) {
      for (const own of days.values()) for (const day of own.keys()) if (day >= fromDay) own.delete(day);
    },
    all,
    list: () => [...all()].sort((one, other) => one.day - other.day || compareTexts(one.provider, other.provider)),
  };
}
