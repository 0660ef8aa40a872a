import type { SlotsRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { compareTexts } from './order.js';

type Counts = Partial<Omit<SlotsRecord, 'provider' | 'day'>>;

/** Adds up slots by provider and day; lists those of which anything is known by day, then by provider. */
export function createSlotSums(): {
  add(provider: string, day: number, counts: Counts): void;
  list(): readonly SlotsRecord[];
} {
  const days = new Map<string, Map<number, { -readonly [K in keyof SlotsRecord]: SlotsRecord[K] }>>();
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
    list: () =>
      [...days.values()]
        .flatMap((own) => [...own.values()])
        .filter(({ known, failures, repairs }) => known + failures + repairs > 0)
        .sort((one, other) => one.day - other.day || compareTexts(one.provider, other.provider)),
  };
}
