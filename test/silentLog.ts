import { createLog } from '../schema/lib/log.js';

/** Tests read rows, not logs. */
export const silentLog = createLog('test', 'silent');
