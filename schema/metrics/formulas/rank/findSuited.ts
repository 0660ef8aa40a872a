import type { Candidate, Machine, Workload } from './Candidate.js';
import type { Reason, ReasonCode } from './reasons.js';

export interface Suited {
  /** Those that suit, as far as anybody knows; none where none does. */
  readonly machines: readonly Machine[];
  readonly reasons: readonly Reason[];
}

/** One thing that is wanted of a machine; true, false, or null where it does not say. */
interface Wish {
  readonly isMet: (machine: Machine) => boolean | null;
  readonly missed: ReasonCode;
  readonly unknown: ReasonCode;
  readonly expected: string | null;
  readonly toGot: (machine: Machine) => string | null;
}

/** Machines are held against one wish after the other. Those that do not say go on where no other is left: so all that is missing is named. */
export function findSuited(candidate: Candidate, workload: Workload): Suited {
  const reasons: Reason[] = [];
  let { machines } = candidate;
  if (machines.length === 0) return { machines, reasons: [{ code: 'NOTHING_OFFERED', expected: null, got: null }] };
  for (const wish of listWishes(candidate, workload)) {
    const met = machines.filter((machine) => wish.isMet(machine) === true);
    if (met.length > 0) {
      machines = met;
      continue;
    }
    const unknown = machines.filter((machine) => wish.isMet(machine) === null);
    const got = listDistinct(machines.flatMap((machine) => wish.toGot(machine) ?? []));
    reasons.push({
      code: unknown.length > 0 ? wish.unknown : wish.missed,
      expected: wish.expected,
      got: unknown.length > 0 ? null : got,
    });
    machines = unknown;
    if (unknown.length === 0) break;
  }
  return { machines, reasons };
}

function listWishes(candidate: Candidate, { model, minVramGib, regionsIn, regionsOut }: Workload): readonly Wish[] {
  const unknown = candidate.notRecorded.nodes === undefined ? 'HARDWARE_UNKNOWN' : 'HARDWARE_NOT_RECORDED';
  const wishes: Wish[] = [
    {
      ...{ missed: 'IMPLAUSIBLE_HARDWARE', unknown, expected: null, toGot: ({ model }) => model },
      isMet: ({ isPlausible }) => isPlausible !== false,
    },
  ];
  if (model !== null) {
    wishes.push({
      ...{ missed: 'WRONG_MODEL', unknown, expected: model, toGot: (machine) => machine.model },
      isMet: (machine) => (machine.model === null ? null : machine.model === model),
    });
  }
  if (minVramGib !== null) {
    wishes.push({
      ...{ missed: 'NOT_ENOUGH_VRAM', unknown, expected: `${minVramGib} GiB`, toGot: toVram },
      isMet: ({ vramMib }) => (vramMib === null ? null : vramMib >= minVramGib * 1_024),
    });
  }
  if (regionsIn !== null || regionsOut.length > 0) {
    const [into, out] = [regionsIn?.join(', '), regionsOut.join(', ')];
    wishes.push({
      ...{ missed: 'WRONG_REGION', unknown: 'REGION_UNKNOWN', toGot: ({ region }) => region },
      expected: [into, out && `not ${out}`].filter(Boolean).join('; '),
      isMet: ({ region }) => (region === null ? null : isWanted(region, { regionsIn, regionsOut })),
    });
  }
  return wishes;
}

function toVram({ vramMib }: Machine): string | null {
  return vramMib === null ? null : `${vramMib / 1_024} GiB`;
}

/** `eu` is `eu` and `eu-west-1`, and not `europe`. */
function isWanted(region: string, { regionsIn, regionsOut }: Pick<Workload, 'regionsIn' | 'regionsOut'>): boolean {
  const own = region.toLowerCase();
  const isOf = (wanted: string) =>
    own === wanted || (own.startsWith(wanted) && /[^a-z0-9]/.test(own.charAt(wanted.length)));
  return (regionsIn === null || regionsIn.some(isOf)) && !regionsOut.some(isOf);
}

const MAX_NAMED = 5;

function listDistinct(texts: readonly string[]): string | null {
  const distinct = [...new Set(texts)].sort();
  if (distinct.length === 0) return null;
  const rest = distinct.length - MAX_NAMED;
  return distinct.slice(0, MAX_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
