/** The tape's doors for the commands. */
export { isTape } from './readTape.js';
export { recordTape } from './recordTape.js';
export { replayTape } from './replayTape.js';
