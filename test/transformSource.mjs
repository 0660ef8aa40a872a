import { createHash } from 'node:crypto';
import swc from '@swc/jest';
import { bringNear, nearGlobals } from './nearGlobals.mjs';

/** TypeScript by swc, with globals near. */
export default {
  createTransformer(options) {
    const { process, processAsync, getCacheKey } = swc.createTransformer(options);
    const finish = ({ code, map }) => ({ code: bringNear(code), map });
    return {
      process: (...args) => finish(process(...args)),
      processAsync: async (...args) => finish(await processAsync(...args)),
      getCacheKey: (...args) =>
        createHash('sha1')
          .update(`${getCacheKey(...args)} ${nearGlobals}`)
          .digest('hex'),
    };
  },
};
