import type { AccountRecord } from './NetworkRecord.js';

/**
 * Whether an account that two providers have makes them neighbours, and one operator. Anybody may stake for several, as delegators
 * do: that tells whose money is in a provider, and so whose jobs are its own, but not who runs it.
 */
export function linksProviders({ reason }: Pick<AccountRecord, 'reason'>): boolean {
  return reason !== 'staker';
}
