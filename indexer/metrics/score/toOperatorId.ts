import { toNounId } from '../../../schema/lib/ids.js';

/** An operator bears the name of that of its providers which gives it one: `<network>:operator:<native id>`. */
export function toOperatorId(networkId: string, providerId: string): string {
  return toNounId(networkId, `operator:${providerId.slice(networkId.length + 1)}`);
}
