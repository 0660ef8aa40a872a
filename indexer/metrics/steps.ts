import { rollOutcomes } from './jobs/rollOutcomes.js';
import { nameHardware } from './nameHardware.js';
import { rollOutages } from './reliability/rollOutages.js';
import { rollWindows } from './reliability/rollWindows.js';
import type { RollStep } from './roll/RollStep.js';
import { rollPairs } from './score/rollPairs.js';
import { rollScores } from './score/rollScores.js';

/** Before the families, which read what these write; each reads what those before it wrote. */
export const firstSteps: readonly RollStep[] = [nameHardware, rollOutcomes, rollOutages, rollWindows, rollPairs];

/** After the families. */
export const lastSteps: readonly RollStep[] = [rollScores];
