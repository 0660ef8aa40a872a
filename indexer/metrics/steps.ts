import { rollOutcomes } from './jobs/rollOutcomes.js';
import { nameHardware } from './nameHardware.js';
import { rollOutages } from './reliability/rollOutages.js';
import { rollWindows } from './reliability/rollWindows.js';
import type { RollStep } from './roll/RollStep.js';
import { rollPairs } from './score/rollPairs.js';
import { rollScores } from './score/rollScores.js';

/** First of all, and of heartbeats alone; each reads what those before it wrote. */
export const readingSteps: readonly RollStep[] = [nameHardware, rollOutages, rollWindows];

/** Before the families, which read what these write. Pairs rest on what scores rest on, so these are made with them, too. */
export const firstSteps: readonly RollStep[] = [rollOutcomes, rollPairs];

/** After the families: scores of turns in which no pairs were made. */
export const lastSteps: readonly RollStep[] = [rollScores];
