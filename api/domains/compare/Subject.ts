import type { CapabilityName } from '../../../schema/protocols/Manifest.js';
import type { MetricWindow } from '../metric/MetricWindow.js';
import type { NetworkRow } from '../network/networkQueries.js';
import type { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import type { KnownCandidate } from '../rank/loadCandidates.js';
import type { KnownMachine } from '../rank/toMachines.js';
import type { listPrices } from '../rank/toRanking.js';
import type { ScoreRow } from '../score/scoreQueries.js';
import type { TokenRow } from '../token/tokenQueries.js';
import type { MetricRow } from './compareQueries.js';

/** All that is known of one provider that is compared. */
export interface Subject {
  readonly provider: ProviderRow &
    Pick<Provider, 'jobCount' | 'tasksCompleted' | 'stake' | 'stakeRewarded' | 'stakeSlashed' | 'paid' | 'active'>;
  readonly tasksFailed: number | null;
  readonly network: NetworkRow & { readonly jobCount: number | null; readonly paid: string | null };
  readonly candidate: KnownCandidate;
  /** Machines that are on offer and not known to be away. */
  readonly there: readonly KnownMachine[];
  /** For one GPU. */
  readonly prices: ReturnType<typeof listPrices>;
  /** In its own unit, whole tokens. */
  readonly latestPrice: {
    readonly amount: string;
    readonly unit: string;
    readonly at: Date;
    readonly token: TokenRow & { readonly symbol: string };
  } | null;
  readonly score: ScoreRow | null;
  readonly windows: readonly MetricWindow[];
  readonly metrics: ReadonlyMap<string, MetricRow>;
}

/** What a row reads of a subject; all null: it is not known. */
export interface Cell {
  readonly value?: string | null;
  readonly text?: string | null;
  readonly samples?: string | number | null;
  readonly at?: Date | null;
  readonly reason?: string | null;
  /** What its value is in: of different ones none is better. */
  readonly kind?: string | null;
}

/** Why a network does not record something; null where it does. */
export function findReason({ network }: Subject, needs: CapabilityName | undefined): string | null {
  const recorded = needs && network.capabilities[needs];
  return typeof recorded === 'string' ? recorded : null;
}
