import { key } from './i18n/text.js';
import { parseId } from './listState.js';

/** What a buyer asks for, as the address has it: read once on the server, shown again in the form as it came. */
export const workloadNames = ['model', 'vram', 'count', 'hours', 'in', 'out', 'maxPrice', 'minSuccess'] as const;
export type WorkloadName = (typeof workloadNames)[number];

/** Texts of the fields, safe to show; regions as they were ticked. */
export interface WorkloadForm {
  readonly model: string;
  readonly vram: string;
  readonly count: string;
  readonly hours: string;
  readonly maxPrice: string;
  /** In per cent. */
  readonly minSuccess: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
}

/** As the API takes it. */
export interface Workload {
  readonly model?: string;
  readonly minVramGb?: number;
  readonly gpuCount: number;
  readonly hours: string;
  readonly regionsIn?: readonly string[];
  readonly regionsOut?: readonly string[];
  readonly maxPrice?: string;
  /** From 0 to 1. */
  readonly minSuccess?: string;
  readonly networks?: readonly string[];
}

export interface ReadWorkload {
  /** Whether anything was asked for: else the page is a list. */
  readonly isAsked: boolean;
  readonly form: WorkloadForm;
  /** By the field that is wrong, what was expected. */
  readonly problems: Readonly<Partial<Record<WorkloadName, string>>>;
  /** Null where anything is wrong. */
  readonly workload: Workload | null;
}

export interface WorkloadChoices {
  /** Ids. */
  readonly models: readonly string[];
  readonly network: string | undefined;
}

const MAX_REGIONS = 50;

/** Whether an address asks for a ranking: else the page is a list. */
export function isWorkload(params: URLSearchParams): boolean {
  return workloadNames.some((name) => params.getAll(name).some((value) => value.trim() !== ''));
}

export function readWorkload(params: URLSearchParams, { models, network }: WorkloadChoices): ReadWorkload {
  const form = readForm(params);
  const isAsked = isWorkload(params);
  const problems: Partial<Record<WorkloadName, string>> = {};
  const model = form.model.toLowerCase();
  if (model && !models.includes(model)) problems.model = key('No such model: choose one of the list.');
  const vram = readNumber(form.vram, { min: 1, max: 10_000, whole: true });
  if (vram === undefined) problems.vram = key('Expected whole GiB from 1 to 10,000.');
  const count = readNumber(form.count || '1', { min: 1, max: 100_000, whole: true });
  if (count === undefined) problems.count = key('Expected a whole number from 1 to 100,000.');
  const hours = readNumber(form.hours || '1', { above: 0, max: 100_000 });
  if (hours === undefined) problems.hours = key('Expected hours above 0, 100,000 at most.');
  const maxPrice = readNumber(form.maxPrice, { above: 0, max: 1e12 });
  if (maxPrice === undefined) problems.maxPrice = key('Expected USD above 0.');
  const minSuccess = readNumber(form.minSuccess, { min: 0, max: 100 });
  if (minSuccess === undefined) problems.minSuccess = key('Expected per cent from 0 to 100.');
  for (const name of ['in', 'out'] as const) {
    if (params.getAll(name).some((text) => text.trim() !== '' && !parseId(text.trim()))) {
      problems[name] = key('No region is called so.');
    }
  }
  if (form.in.some((region) => form.out.includes(region))) {
    problems.out = key('A region stands in both lists: leave it out of one.');
  }
  if (Object.keys(problems).length > 0) return { isAsked, form, problems, workload: null };
  const workload: Workload = {
    ...(model ? { model } : {}),
    ...(vram ? { minVramGb: Number(vram) } : {}),
    gpuCount: Number(count),
    hours: hours || '1',
    ...(form.in.length > 0 ? { regionsIn: form.in } : {}),
    ...(form.out.length > 0 ? { regionsOut: form.out } : {}),
    ...(maxPrice ? { maxPrice } : {}),
    ...(minSuccess ? { minSuccess: String(Number(minSuccess) / 100) } : {}),
    ...(network ? { networks: [network] } : {}),
  };
  return { isAsked, form, problems, workload };
}

function readForm(params: URLSearchParams): WorkloadForm {
  // What is too long is cut and not passed over: it would be another question.
  const read = (name: WorkloadName) => (params.get(name) ?? '').trim().slice(0, 60);
  return {
    ...{ model: read('model'), vram: read('vram'), count: read('count'), hours: read('hours') },
    ...{ maxPrice: read('maxPrice'), minSuccess: read('minSuccess') },
    ...{ in: readRegions(params, 'in'), out: readRegions(params, 'out') },
  };
}

function readRegions(params: URLSearchParams, name: 'in' | 'out'): readonly string[] {
  const named = params.getAll(name).flatMap((text) => parseId(text.trim()) ?? []);
  return [...new Set(named)].slice(0, MAX_REGIONS);
}

interface Range {
  readonly min?: number;
  readonly above?: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** A decimal as the API takes it, a comma for a point as well; empty stays empty, undefined is out of range. */
function readNumber(text: string, { min, above, max, whole = false }: Range): string | undefined {
  if (text === '') return '';
  const decimal = text.replace(',', '.');
  if (!(whole ? /^\d{1,9}$/ : /^(\d{1,13}(\.\d{0,18})?|\.\d{1,18})$/).test(decimal)) return undefined;
  const value = Number(decimal);
  const isWithin = value <= max && (min === undefined || value >= min) && (above === undefined || value > above);
  if (!isWithin) return undefined;
  return decimal.startsWith('.') ? `0${decimal}` : decimal.replace(/\.$/, '');
}
