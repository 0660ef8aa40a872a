import type { DecodedLog } from '../../events/logs.js';
import { toId } from './fluenceText.js';

/**
 * Whether an amount is one of the network's work token. The market lets in further tokens by a vote: their amounts say
 * nothing beside USDC. Where the chain could not tell, it is taken for the work token.
 */
export function isWorkToken({ network }: DecodedLog, token: unknown): boolean {
  const address = network.definition.workToken?.address;
  return token === undefined || address === undefined || toId(token) === toId(address);
}
