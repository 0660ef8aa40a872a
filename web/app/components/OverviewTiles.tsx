import type { OverviewTile } from '../charts/toOverview.js';
import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { FigureTile } from './FigureTile.js';

export interface OverviewTilesProps {
  readonly tiles: readonly OverviewTile[];
  /** Of how many networks the page is. */
  readonly networks: number;
}

const titles: Readonly<Record<string, string>> = {
  supply: key('Supply'),
  online: key('Online'),
  utilisation: key('Utilisation'),
  price: key('Settled price index'),
  success: key('Success'),
  payouts: key('Payouts a day'),
};

/** What networks come to, each with the way to its chart. */
export function OverviewTiles({ tiles, networks }: OverviewTilesProps) {
  const t = useText();
  return (
    <div className="figure-grid overview-grid">
      {tiles.map(({ id, figure, networks: of, name }) => (
        <FigureTile
          key={id}
          figure={figure}
          title={t(titles[id] ?? figure.metric.title)}
          note={
            name !== null
              ? t('of {network}', { network: toClean(name, 60) })
              : networks > 1
                ? t('{part} of {whole} networks', { part: of, whole: networks })
                : undefined
          }
        />
      ))}
    </div>
  );
}
