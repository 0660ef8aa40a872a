import { type GpuKey, gpus } from './cast.js';
import type { GpuMarketState } from './gpuMarketState.js';

/** What an hour of one GPU usually costs at a time, in thousandths of a coin. */
export function toUsualMilli(state: GpuMarketState, now: number, gpu: GpuKey): number {
  const { milliPerHour, driftBp } = gpus[gpu];
  const passed = Math.min(1, (now - state.startsAt) / (state.endsAt - state.startsAt));
  return (milliPerHour * (10_000 + driftBp * passed)) / 10_000;
}
