/** What the command line enters by. */
export { createScoreExplainer } from './createScoreExplainer.js';
export { type Recomputed, recomputeScore } from './recomputeScore.js';
export { checkSignedScore, toSignedScore } from './signedScore.js';
