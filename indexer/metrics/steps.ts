import type { RollStep } from './roll/RollStep.js';

/** Before the families, which read what these write; each reads what those before it wrote. */
export const firstSteps: readonly RollStep[] = [];

/** After the families. */
export const lastSteps: readonly RollStep[] = [];
