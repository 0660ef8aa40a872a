/** Seconds of the window, from (included) and to (not). */
export type Span = readonly [from: number, to: number];

/** A machine over a window. Spans may overlap, lie outside of the window or be empty. */
export interface MachineUse {
  readonly gpus: number;
  readonly online: readonly Span[];
  /** With how many of its GPUs were at work; several at a time add up, to no more than it has. */
  readonly busyGpus: readonly (readonly [from: number, to: number, gpus: number])[];
  /** Work was assigned and had not begun. */
  readonly reserved?: readonly Span[];
  /** It takes no new work: announced maintenance. */
  readonly draining?: readonly Span[];
}

export interface Capacity {
  readonly registeredGpus: number;
  readonly registeredGpuSeconds: number;
  readonly onlineGpuSeconds: number;
  readonly busyGpuSeconds: number;
  /** What is online and at work: `utilised`. */
  readonly busyWhileOnlineGpuSeconds: number;
  readonly busyButSilentGpuSeconds: number;
  readonly availableGpuSeconds: number;
  readonly reservedGpuSeconds: number;
  readonly drainingGpuSeconds: number;
  /** 0 to 1; null where nothing was online. */
  readonly utilisation: number | null;
  readonly onlineGpusTimeWeighted: number | null;
  /** 0 to 1; null where nothing was registered. */
  readonly onlineShare: number | null;
}

/**
 * What became of the GPU-seconds of a window (`SUP-01`): registered >= online = available + utilised + reserved + draining. What
 * is online is one of these at a time, the first that fits of at work, draining, reserved, available. Work on a machine that is
 * not online is `silent`, and never utilisation, which so cannot pass 1.
 */
export function toCapacity(windowSeconds: number, machines: readonly MachineUse[]): Capacity {
  const sum = { gpus: 0, online: 0, busy: 0, utilised: 0, reserved: 0, draining: 0 };
  for (const machine of machines) {
    sum.gpus += machine.gpus;
    addMachine(sum, machine, windowSeconds);
  }
  const registered = sum.gpus * windowSeconds;
  return {
    registeredGpus: sum.gpus,
    registeredGpuSeconds: registered,
    onlineGpuSeconds: sum.online,
    busyGpuSeconds: sum.busy,
    busyWhileOnlineGpuSeconds: sum.utilised,
    busyButSilentGpuSeconds: sum.busy - sum.utilised,
    availableGpuSeconds: sum.online - sum.utilised - sum.reserved - sum.draining,
    reservedGpuSeconds: sum.reserved,
    drainingGpuSeconds: sum.draining,
    utilisation: sum.online > 0 ? sum.utilised / sum.online : null,
    onlineGpusTimeWeighted: windowSeconds > 0 ? sum.online / windowSeconds : null,
    onlineShare: registered > 0 ? sum.online / registered : null,
  };
}

type Sums = { -readonly [name in 'gpus' | 'online' | 'busy' | 'utilised' | 'reserved' | 'draining']: number };

/** Between two neighbouring ends of spans nothing changes. */
function addMachine(sum: Sums, machine: MachineUse, windowSeconds: number): void {
  const { gpus, online, busyGpus, reserved = [], draining = [] } = machine;
  const ends = [...online, ...busyGpus, ...reserved, ...draining].flatMap((span) => span.slice(0, 2));
  const cuts = [0, windowSeconds, ...ends.filter((end) => end > 0 && end < windowSeconds)].sort((a, b) => a - b);
  for (const [index, from] of cuts.entries()) {
    const seconds = (cuts[index + 1] ?? windowSeconds) - from;
    if (seconds <= 0) continue;
    const isIn = ([begin, end]: readonly [number, number, ...number[]]) => begin <= from && from < end;
    const atWork = busyGpus.filter(isIn).reduce((total, [, , count]) => total + count, 0);
    const busy = Math.min(gpus, atWork);
    sum.busy += busy * seconds;
    if (!online.some(isIn)) continue;
    sum.online += gpus * seconds;
    sum.utilised += busy * seconds;
    if (draining.some(isIn)) sum.draining += (gpus - busy) * seconds;
    else if (reserved.some(isIn)) sum.reserved += (gpus - busy) * seconds;
  }
}
