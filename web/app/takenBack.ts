/** What of a page the chain has taken back while it was open: a reader must see that something is gone, and not only miss it. */

export interface ChainStep {
  /** `<chain>-<height>-<log>`, with `-<part>` for a further step from the same log. */
  readonly id: string;
  readonly kind: string;
  readonly transaction: string;
  readonly task: string | null;
}

export type ShownStep<Step> = Step & { readonly takenBack: boolean };

/** The steps there are, and among them, at their places, those that were shown before and are there no more. */
export function mergeSteps<Step extends ChainStep>(
  shown: readonly ShownStep<Step>[],
  current: readonly Step[],
): readonly ShownStep<Step>[] {
  const standing = new Set(current.map(toMark));
  const gone = shown.filter((step) => !standing.has(toMark(step))).map((step) => ({ ...step, takenBack: true }));
  const steps = [...gone, ...current.map((step) => ({ ...step, takenBack: false }))];
  return gone.length === 0 ? steps : steps.toSorted(byPlace);
}

/** The same transaction at the same place again is the same step. */
function toMark({ id, kind, transaction, task }: ChainStep): string {
  return [id, kind, transaction, task].join(' ');
}

function byPlace(one: ChainStep, other: ChainStep): number {
  const [places, others] = [toPlace(one), toPlace(other)];
  const at = places.findIndex((place, index) => place !== others[index]);
  return at < 0 ? 0 : (places[at] ?? 0) - (others[at] ?? 0);
}

/** Height, log, part. */
function toPlace({ id }: ChainStep): readonly [number, number, number] {
  const [, height = 0, log = 0, part = 0] = id.split('-').map(Number);
  return [height, log, part];
}

const shownPaths = new Set<string>();

/** Remembers, for as long as the document is open, that a page was there. */
export function rememberShown(path: string): void {
  shownPaths.add(path);
}

export function wasShown(path: string): boolean {
  return shownPaths.has(path);
}
