/**
 * How long a job of `jobHours` runs on a machine that breaks off (`PRC-07`), in hours. Outages are a Poisson process with the
 * given mean time between them; a bound of it makes newcomers look slower, not faster. Hours are doubles, of time and not of
 * money. Null: no such machine, or longer than a double can say.
 */
export interface LongJob {
  readonly jobHours: number;
  readonly mtbfHours: number;
  /** To be there again after an outage. */
  readonly restartHours: number;
}

/** Everything is lost with each outage: (1/λ + D)(e^{λh} − 1) (Daly 2006, FGCS 22). */
export function expectedHoursFromScratch({ jobHours, mtbfHours, restartHours }: LongJob): number | null {
  if (!isPositive(jobHours, mtbfHours)) return null;
  return toFinite((mtbfHours + restartHours) * Math.expm1(jobHours / mtbfHours));
}

/** What was done since the last checkpoint is lost: (h/τ)(1/λ) e^{λD} (e^{λ(τ+C)} − 1). */
export function expectedHoursWithCheckpoints(
  { jobHours, mtbfHours, restartHours }: LongJob,
  { everyHours, costHours }: { readonly everyHours: number; readonly costHours: number },
): number | null {
  if (!isPositive(jobHours, mtbfHours, everyHours)) return null;
  const segment = Math.exp(restartHours / mtbfHours) * Math.expm1((everyHours + costHours) / mtbfHours);
  return toFinite((jobHours / everyHours) * mtbfHours * segment);
}

/** How far apart checkpoints are best, when writing one takes so long: √(2C/λ) (Young 1974). */
export function bestCheckpointHours({
  mtbfHours,
  costHours,
}: {
  readonly mtbfHours: number;
  readonly costHours: number;
}): number | null {
  return isPositive(mtbfHours, costHours) ? toFinite(Math.sqrt(2 * costHours * mtbfHours)) : null;
}

/** The chance that no outage falls into the job. */
export function survivalChance({ jobHours, mtbfHours }: Pick<LongJob, 'jobHours' | 'mtbfHours'>): number | null {
  return isPositive(jobHours, mtbfHours) ? Math.exp(-jobHours / mtbfHours) : null;
}

function isPositive(...hours: readonly number[]): boolean {
  return hours.every((value) => value > 0);
}

function toFinite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
