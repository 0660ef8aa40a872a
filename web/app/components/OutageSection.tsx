import { useText } from '../i18n/useText.js';
import { type NodeOutage, NodeOutageTable } from './NodeOutageTable.js';

export interface OutageSectionProps {
  /** The latest first; one more than are shown where there are more. */
  readonly outages: readonly NodeOutage[];
  /** Outages that reach into the day that is looked into, too. */
  readonly day: { readonly date: string; readonly outages: readonly NodeOutage[] } | null;
}

/** As a query asks for, less one. */
const SHOWN = 20;

export function OutageSection({ outages, day }: OutageSectionProps) {
  const t = useText();
  return (
    <>
      {day ? (
        <>
          <h3 id="outages-of-day">{t('Outages of {date}', { date: day.date })}</h3>
          {day.outages.length > 0 ? (
            <NodeOutageTable
              outages={day.outages}
              caption={t('All that reach into the day')}
              label={t('Outages of {date}', { date: day.date })}
            />
          ) : (
            <p className="muted">{t('None that we saw: an outage is two minutes in a row or more.')}</p>
          )}
        </>
      ) : null}
      <h3 id="outages">{t('Outages')}</h3>
      {outages.length > 0 ? (
        <NodeOutageTable
          outages={outages.slice(0, SHOWN)}
          caption={
            outages.length > SHOWN ? t('The latest {count} outages', { count: SHOWN }) : t('All outages, latest first')
          }
        />
      ) : (
        <p className="muted">{t('None that we saw.')}</p>
      )}
    </>
  );
}
