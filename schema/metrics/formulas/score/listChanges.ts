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
  /** Rows that appear and that end by it. */
  readonly appears: readonly RowPlace[];
  readonly ends: readonly RowPlace[];
  readonly slots: SlotsRecord | null;
  readonly incident: IncidentRecord | null;
}

/** A row of a provider's timeline. */
export interface RowPlace {
  readonly provider: number;
  readonly row: number;
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

function listRowChanges(prepared: PreparedRecord, { providers, from, to }: ChangeRange): Ordered[] {
  const { timelines, sources } = prepared;
  const isWithin = (time: number) => time >= from && time < to;
  const found: Ordered[] = [];
  const ending = new Map<string, RowPlace[]>();
  for (const provider of providers) {
    const timeline = timelines[provider];
    for (let row = 0; timeline !== undefined && row < timeline.count; row += 1) {
      const place = timeline.place[row] ?? 0;
      const source = sources[place];
      const [appear, vanish] = [timeline.appear[row] ?? 0, timeline.vanish[row] ?? 0];
      if (isWithin(appear)) found.push(toAppearance({ row: { provider, row }, at: appear, place, source }));
      if (!isWithin(vanish)) continue;
      const key = `${source?.taskId} ${vanish}`;
      ending.set(key, [...(ending.get(key) ?? []), { provider, row }]);
    }
  }
  const joined = found.map(({ change, ...order }) => {
    const key = `${change.taskId} ${change.at}`;
    const ends = ending.get(key) ?? [];
    ending.delete(key);
    return { ...order, change: { ...change, ends } };
  });
  const alone = [...ending.values()].flatMap((ends) => toEnding(ends, prepared));
  return [...joined, ...alone];
}

function toAppearance(of: {
  readonly row: RowPlace;
  readonly at: number;
  readonly place: number;
  readonly source: PreparedRecord['sources'][number] | undefined;
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
function toEnding(
  ends: readonly RowPlace[],
  { timelines, sources }: Pick<PreparedRecord, 'timelines' | 'sources'>,
): Ordered[] {
  const [first] = ends;
  const timeline = timelines[first?.provider ?? -1];
  if (first === undefined || timeline === undefined) return [];
  const place = timeline.place[first.row] ?? 0;
  const source = sources[place];
  const at = timeline.vanish[first.row] ?? 0;
  const change: OwnChange = {
    ...empty,
    kind: source?.kind === 'overdue' ? 'overdue' : 'outcome',
    at,
    evidenceIds: source === undefined ? [] : [source.taskId],
    taskId: source?.taskId ?? null,
    ends,
  };
  return [{ order: at, place, change }];
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
