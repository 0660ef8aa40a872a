export interface RunpodUptime {
  /** In [0, 1]. */
  readonly uptime: number;
  /** As it is shown: per cent, two places. */
  readonly published: string;
  readonly isListed: boolean;
}

const BUFFER_MINUTES = 10;
const DELIST_BELOW = 0.98;

/**
 * What RunPod publishes of a host: minutes of thirty days without an outage, ten of which are forgiven, and delisting below 98 %
 * (RunPod hosting documentation, "Maintenance and reliability"; `REL-03`). It does not know how long a host has been there, nor
 * how sure the figure is. Null of no minutes.
 */
export function runpodUptime(input: {
  readonly totalMinutes: number;
  readonly downMinutes: number;
  readonly bufferMinutes?: number;
}): RunpodUptime | null {
  const { totalMinutes, downMinutes, bufferMinutes = BUFFER_MINUTES } = input;
  if (!(totalMinutes > 0)) return null;
  const uptime = Math.min(1, Math.max(0, (totalMinutes - downMinutes + bufferMinutes) / totalMinutes));
  return { uptime, published: `${(uptime * 100).toFixed(2)}%`, isListed: uptime >= DELIST_BELOW };
}
