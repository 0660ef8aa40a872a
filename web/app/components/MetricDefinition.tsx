import { toClean } from '../format.js';
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
  const facts: readonly Fact[] = [
    { name: 'Unit', value: toUnit(metric.unit) },
    { name: 'Of', value: metric.subjects.join(', ') },
    { name: 'By', value: metric.grains.join(', ') },
    { name: 'Made from', value: metric.sources.map((source) => toClean(source, 60)).join(', ') },
    { name: 'Method', value: `version ${metric.methodVersion}` },
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
  count: 'a count',
  ratio: 'a share, from 0 to 1',
  usd: 'USD',
  usdPerGpuHour: 'USD for one GPU for an hour',
  usdPerGbHour: 'USD for one GB of memory for an hour',
  usdPerUnit: 'USD for one',
  baseUnits: 'base units of a token',
  seconds: 'seconds',
  gpuSeconds: 'GPU-seconds',
  gpuHours: 'GPU-hours',
  index: 'an index',
  points: 'points of a hundred',
};

export function toUnit(unit: string): string {
  return units[unit] ?? toClean(unit, 40);
}
