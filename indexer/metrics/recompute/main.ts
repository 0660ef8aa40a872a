/** What the command line enters by. */
export { type Recomputed, recomputeScore } from './recomputeScore.js';
export { checkSignedScore, toSignedScore } from './signedScore.js';
