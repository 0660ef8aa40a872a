import { Facts1700000000001 } from './1700000000001-facts.js';

/** In the order in which they run; one per change, never edited once merged. */
export const migrations = [Facts1700000000001];
