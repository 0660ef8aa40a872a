import { parseId, readChoice } from './listState.js';

/** A question to `market` whose answer is a chart or tiles, and can be had as a file. */
export interface FiguresQuestion {
  readonly metrics: readonly string[];
  readonly networks: readonly string[];
  readonly interval: (typeof intervals)[number];
  readonly hardware: string | null;
  /** A series of each class of hardware. */
  readonly everyHardware: boolean;
}

/** What is left out is as the API has it. */
export type AskedFigures = Pick<FiguresQuestion, 'metrics' | 'networks'> & {
  readonly [Name in 'interval' | 'hardware' | 'everyHardware']?: FiguresQuestion[Name] | undefined;
};

const intervals = ['hour', 'day', 'week', 'month'] as const;
/** More than any page asks for. */
const MOST = 100;

export function toFiguresPath({ metrics, networks, interval = 'day', hardware, everyHardware }: AskedFigures): string {
  const asked = new URLSearchParams({ metrics: metrics.join(), networks: networks.join(), interval });
  if (hardware) asked.set('hardware', hardware);
  if (everyHardware) asked.set('everyHardware', 'true');
  return `/figures.csv?${asked}`;
}

/** Undefined for what asks for nothing; the API judges names that it does not know. */
export function parseFiguresQuestion(search: URLSearchParams): FiguresQuestion | undefined {
  const [metrics, networks] = [readNames(search, 'metrics'), readNames(search, 'networks')];
  if (metrics.length === 0 || networks.length === 0) return undefined;
  const everyHardware = search.get('everyHardware') === 'true';
  return {
    ...{ metrics, networks, everyHardware },
    interval: readChoice(search, 'interval', intervals) ?? 'day',
    hardware: everyHardware ? null : (parseId(search.get('hardware')) ?? null),
  };
}

function readNames(search: URLSearchParams, name: string): readonly string[] {
  const named = (search.get(name) ?? '').split(',').flatMap((text) => parseId(text.trim()) ?? []);
  return [...new Set(named)].slice(0, MOST);
}
