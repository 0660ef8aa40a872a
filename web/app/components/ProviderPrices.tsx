import { useText } from '../i18n/useText.js';
import type { PriceHistory as History } from '../toPriceHistory.js';
import { ChartFile } from './ChartFile.js';
import { ListSection } from './ListSection.js';
import type { Capability } from './Missing.js';
import { PriceHistory } from './PriceHistory.js';
import { PriceTable, type QuoteRow } from './PriceTable.js';

export interface ProviderPricesProps {
  readonly provider: {
    readonly id: string;
    readonly prices: readonly QuoteRow[];
    readonly network: { readonly recorded: boolean; readonly capabilities: readonly Capability[] };
  };
  readonly histories: readonly History[];
  readonly subject: string;
}

/** As the query asks for. */
const MOST = 100;

/** What it asks, is offered and settles: how that went, and the last word on each thing. */
export function ProviderPrices({ provider: { id, prices, network }, histories, subject }: ProviderPricesProps) {
  const t = useText();
  const { recorded, capabilities } = network;
  return (
    <div id="prices">
      <ListSection
        title={t('Prices')}
        count={prices.length + histories.length}
        capabilities={capabilities}
        capability="price"
      >
        {recorded
          ? null
          : histories.map((history) => <PriceHistory key={history.unit} history={history} subject={subject} />)}
        {recorded || histories.length === 0 ? null : (
          <ChartFile path={`/providers/${encodeURIComponent(id)}/prices.csv`} of="prices" />
        )}
        {prices.length > 0 ? (
          <PriceTable
            caption={
              prices.length < MOST
                ? t('The last word on each thing that is priced')
                : t('The last word on the first {count} things that are priced, by name', { count: MOST })
            }
            quotes={prices}
            recorded={recorded}
          />
        ) : null}
      </ListSection>
    </div>
  );
}
