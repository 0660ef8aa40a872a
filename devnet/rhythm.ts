/** Demand by hour of the day (UTC) and by day of the week (Sunday first); each averages 1. */
const hours = [
  0.45, 0.35, 0.3, 0.3, 0.35, 0.5, 0.75, 1.05, 1.35, 1.55, 1.6, 1.55, 1.4, 1.5, 1.6, 1.6, 1.5, 1.35, 1.15, 1, 0.85,
  0.75, 0.65, 0.55,
];
const weekdays = [0.75, 1.1, 1.12, 1.1, 1.1, 1.05, 0.78];

/** Demand at a time (unix s) as a multiple of the usual one. */
export function toRhythm(at: number): number {
  const date = new Date(at * 1000);
  return (hours[date.getUTCHours()] ?? 1) * (weekdays[date.getUTCDay()] ?? 1);
}
