import type { IncidentRecord, OutcomeRecord, SlotsRecord } from './NetworkRecord.js';
import type { PreparedRecord } from './prepareRecord.js';
import { DAY } from './scoreMethod.js';

/** Something of a subject's own that became known. */
export interface OwnChange {
  readonly kind: 'outcome' | 'overdue' | 'slots' | 'incident';
  /** Unix seconds: known after this. */
  readonly at: number;
  readonly evidenceIds: readonly string[];
  readonly taskId: string | null;
  readonly what: OutcomeRecord['kind'] | IncidentRecord['kind'] | null;
  /** Rows that appear and that end by it, as indices of `rows`. */
  readonly appears: readonly number[];
  readonly ends: readonly number[];
  readonly slots: SlotsRecord | null;
  readonly incident: IncidentRecord | null;
}

export interface ChangeRange {
  readonly providers: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What became known of providers in `[from, to)`, in the order of time; a word that takes another one's place is one change. */
export function listChanges(prepared: PreparedRecord, range: ChangeRange): OwnChange[] {
  const changes = [
    ...listRowChanges(prepared, range),
    ...listSlots(prepared, range),
    ...listIncidents(prepared, range),
  ];
  return changes.sort((one, other) => one.order - other.order || one.place - other.place).map(({ change }) => change);
}

interface Ordered {
  readonly change: OwnChange;
  readonly order: number;
  readonly place: number;
}

const empty = { evidenceIds: [], taskId: null, what: null, appears: [], ends: [], slots: null, incident: null };

function listRowChanges({ rows, pairs }: PreparedRecord, { providers, from, to }: ChangeRange): Ordered[] {
  const isWithin = (time: number) => time >= from && time < to;
  const found: Ordered[] = [];
  const ending = new Map<string, number[]>();
  for (const provider of providers) {
    const end = pairs.start[pairs.first[provider + 1] ?? 0] ?? 0;
    for (let row = pairs.start[pairs.first[provider] ?? 0] ?? 0; row < end; row += 1) {
      const source = rows.sources[rows.place[row] ?? 0];
      const [appear, vanish] = [rows.appear[row] ?? 0, rows.vanish[row] ?? 0];
      if (isWithin(appear)) found.push(toAppearance({ row, at: appear, place: rows.place[row] ?? 0, source }));
      if (!isWithin(vanish)) continue;
      const key = `${source?.taskId} ${vanish}`;
      ending.set(key, [...(ending.get(key) ?? []), row]);
    }
  }
  const joined = found.map(({ change, ...order }) => {
    const key = `${change.taskId} ${change.at}`;
    const ends = ending.get(key) ?? [];
    ending.delete(key);
    return { ...order, change: { ...change, ends } };
  });
  const alone = [...ending.values()].map((ends) => toEnding(ends, { rows }));
  return [...joined, ...alone];
}

function toAppearance(of: {
  readonly row: number;
  readonly at: number;
  readonly place: number;
  readonly source: PreparedRecord['rows']['sources'][number] | undefined;
}): Ordered {
  const { row, at, place, source } = of;
  const isOverdue = source?.kind === 'overdue';
  const id = source?.eventId ?? source?.taskId;
  return {
    order: at,
    place,
    change: {
      ...empty,
      kind: isOverdue ? 'overdue' : 'outcome',
      at,
      evidenceIds: id === undefined ? [] : [id],
      taskId: source?.taskId ?? null,
      what: source === undefined || source.kind === 'overdue' ? null : source.kind,
      appears: [row],
    },
  };
}

/** Rows that end with nothing of the subject's in their place: the task is another provider's, or runs no more. */
function toEnding(ends: readonly number[], { rows }: Pick<PreparedRecord, 'rows'>): Ordered {
  const [row = 0] = ends;
  const source = rows.sources[rows.place[row] ?? 0];
  const at = rows.vanish[row] ?? 0;
  const change: OwnChange = {
    ...empty,
    kind: source?.kind === 'overdue' ? 'overdue' : 'outcome',
    at,
    evidenceIds: source === undefined ? [] : [source.taskId],
    taskId: source?.taskId ?? null,
    ends,
  };
  return { order: at, place: rows.place[row] ?? 0, change };
}

function listSlots(prepared: PreparedRecord, { providers, from, to }: ChangeRange): Ordered[] {
  return providers.flatMap((provider) =>
    (prepared.slots[provider] ?? [])
      .filter(({ day }) => day * DAY >= from && day * DAY < to)
      .map((slots) => ({
        // A day's slots are known at its end.
        order: (slots.day + 1) * DAY,
        place: provider,
        change: {
          ...empty,
          kind: 'slots' as const,
          at: slots.day * DAY,
          evidenceIds: [`${slots.provider}/${slots.day}`],
          slots,
        },
      })),
  );
}

function listIncidents(prepared: PreparedRecord, { providers, from, to }: ChangeRange): Ordered[] {
  return providers.flatMap((provider) =>
    (prepared.incidents[provider] ?? [])
      .filter(({ at }) => at >= from && at < to)
      .map((incident, place) => ({
        order: incident.at,
        place,
        change: {
          ...empty,
          kind: 'incident' as const,
          at: incident.at,
          evidenceIds: [incident.evidenceId],
          what: incident.kind,
          incident,
        },
      })),
  );
}
