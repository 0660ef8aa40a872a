import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { type Fact, Facts } from './Facts.js';

export interface Definition {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly subjects: readonly string[];
  readonly grains: readonly string[];
  readonly definition: string;
  readonly formula: string;
  readonly methodVersion: number;
  readonly sources: readonly string[];
  readonly caveats: string | null;
}

/** What a figure tells and how it is made, in the words of the catalogue. */
export function MetricDefinition({ metric }: { readonly metric: Definition }) {
  const t = useText();
  const facts: readonly Fact[] = [
    { name: t('Unit'), value: t(toUnit(metric.unit)) },
    { name: t('Of'), value: metric.subjects.join(', ') },
    { name: t('By'), value: metric.grains.join(', ') },
    { name: t('Made from'), value: metric.sources.map((source) => toClean(source, 60)).join(', ') },
    { name: t('Method'), value: t('version {version}', { version: metric.methodVersion }) },
  ];
  return (
    <>
      <p>{metric.definition}</p>
      <p>
        <code className="wrap">{metric.formula}</code>
      </p>
      {metric.caveats ? <p className="muted">{metric.caveats}</p> : null}
      <Facts facts={facts} />
    </>
  );
}

const units: Readonly<Record<string, string>> = {
  count: key('a count'),
  ratio: key('a share, from 0 to 1'),
  usd: key('USD'),
  usdPerGpuHour: key('USD for one GPU for an hour'),
  usdPerGbHour: key('USD for one GB of memory for an hour'),
  usdPerUnit: key('USD for one'),
  baseUnits: key('base units of a token'),
  seconds: key('seconds'),
  gpuSeconds: key('GPU-seconds'),
  gpuHours: key('GPU-hours'),
  index: key('an index'),
  points: key('points of a hundred'),
};

export function toUnit(unit: string): string {
  return units[unit] ?? toClean(unit, 40);
}
