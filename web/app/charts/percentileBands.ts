export interface PercentileBand {
  /** Metrics that are its edges; null: the figure itself is. */
  readonly low: string | null;
  readonly high: string | null;
}

const uptime: PercentileBand = { low: 'reliability.uptimeP5', high: 'reliability.uptimeP95' };

/** Of figures that are the middle of many: the metrics between which most of the others lie. */
export const percentileBands: Readonly<Record<string, PercentileBand>> = {
  'reliability.uptimeP50': uptime,
  'reliability.uptimeMean': uptime,
  'jobs.timeToStartP50': { low: null, high: 'jobs.timeToStartP90' },
  'jobs.timeToEndP50': { low: null, high: 'jobs.timeToEndP90' },
};
