import { toClean } from '../format.js';

export interface NetworkNoticeProps {
  readonly network: { readonly recorded: boolean; readonly notice: string | null } | undefined;
}

/** What a reader must know of a network before trusting its numbers: recorded, simulated. Nothing where nothing is. */
export function NetworkNotice({ network }: NetworkNoticeProps) {
  if (!network?.notice) return null;
  return <p className={network.recorded ? 'notice notice-recorded' : 'notice'}>{toClean(network.notice, 300)}</p>;
}
