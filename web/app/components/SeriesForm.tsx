import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { EVERY_NETWORK, type SeriesState } from '../seriesState.js';
import { FilterForm } from './FilterForm.js';

export interface SeriesFormProps {
  readonly metric: string;
  readonly networks: readonly { readonly id: string; readonly title: string }[];
  readonly state: SeriesState;
  /** Whether figures of all networks can stand in one chart. */
  readonly isOfNetworks: boolean;
  /** What is shown, where it is no network. */
  readonly named: { readonly subject: string; readonly name: string } | undefined;
}

const intervalNames = { hour: key('hour'), day: key('day'), week: key('week'), month: key('month') } as const;

/** Whose figures, by which buckets and since when: a plain GET form, so that every choice is a link. */
export function SeriesForm({ metric, networks, state, isOfNetworks, named }: SeriesFormProps) {
  const t = useText();
  const { subject, interval, intervals, range, ranges, from, to } = state;
  const isOther = subject !== undefined && subject !== EVERY_NETWORK && !networks.some(({ id }) => id === subject);
  const custom = range === 'custom' && to !== null ? toDates(from, to) : null;
  return (
    <FilterForm
      action={`/metrics/${metric}`}
      kept={custom ?? {}}
      filters={[
        {
          ...{ name: 'subject', label: t('Of'), value: subject, any: null },
          choices: [
            ...(isOther ? [{ value: subject, label: toClean(named?.name ?? subject, 60) }] : []),
            ...(isOfNetworks && networks.length > 1 ? [{ value: EVERY_NETWORK, label: t('All networks') }] : []),
            ...networks.map(({ id, title }) => ({ value: id, label: toClean(title, 60) })),
          ],
        },
        {
          ...{ name: 'interval', label: t('By'), value: interval, any: null },
          choices: intervals.map((one) => ({ value: one, label: t(intervalNames[one]) })),
        },
        {
          ...{ name: 'range', label: t('Range'), value: custom ? '' : range },
          any: custom ? t('{from} to {to}', custom) : null,
          choices: [...ranges]
            .sort((one, other) => Number(one) - Number(other))
            .map((days) => ({ value: days, label: t('{days} days', { days }) })),
        },
      ]}
    />
  );
}

/** The same figures at another address, such as that of their file. */
export function toSeriesSearch({ subject, interval, range, from, to }: SeriesState): string {
  const time: Record<string, string> = range === 'custom' && to !== null ? toDates(from, to) : { range };
  return `?${new URLSearchParams({ ...(subject === undefined ? {} : { subject }), interval, ...time })}`;
}

/** The last day is in it. */
function toDates(from: string, to: string): { readonly from: string; readonly to: string } {
  return { from: from.slice(0, 10), to: new Date(Date.parse(to) - 1).toISOString().slice(0, 10) };
}
