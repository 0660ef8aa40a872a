import type { AdaptedLog, DecodedLog, Subject } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';
import { hex } from '../values.js';
import { fineTuningMeanings } from './zerogFineTuning.js';
import { toTask } from './zerogIds.js';
import { inferenceMeanings } from './zerogInference.js';
import { ledgerMeanings } from './zerogLedger.js';
import type { Meanings } from './zerogServing.js';
import { pairSettlements, type Settlement } from './zerogSettlements.js';

/**
 * Money is told once, by the ledger's FundSpent: what a settlement really paid, whatever it asked for. BalanceUpdated is
 * what a buyer has left with a provider, not what changed; it is held against what was spent.
 */
export const zerogAdapter: Adapter = {
  protocol: '0g-compute',
  adapt(transaction) {
    const settlements = pairSettlements(transaction);
    return transaction.map((decoded): AdaptedLog => {
      const settlement = settlements.get(decoded);
      const events = meanings[decoded.role]?.[decoded.name]?.(decoded, settlement) ?? [];
      return { decoded, events, subject: toSubject(decoded, settlement) };
    });
  },
};

const meanings: Readonly<Record<string, Meanings>> = {
  ledger: ledgerMeanings,
  inference: inferenceMeanings,
  fineTuning: fineTuningMeanings,
};

function toSubject(decoded: DecodedLog, settlement: Settlement | undefined): Subject | undefined {
  const { name, args } = decoded;
  const provider = args.provider === undefined ? settlement?.provider : hex(args.provider);
  if (name !== 'DeliverableEvicted') return provider === undefined ? undefined : { provider };
  const task = toTask(decoded, args.evictedDeliverableId);
  return { provider, job: task, task };
}
