import { UserError } from '../../schema/lib/errors.js';
import type { Grain, SubjectKind } from '../../schema/metrics/MetricDefinition.js';
import { getGrained } from '../domains/metric/readSeries.js';
import { parseId } from '../list/parseId.js';
import type { Change } from './changeQueries.js';
import type { Subscription } from './readSubscription.js';

/** What a subscription is told of. */
export type Topic = ChangeTopic | SeriesTopic;

export interface ChangeTopic {
  readonly kind: 'job' | 'provider' | 'block';
  readonly key: string;
  /** Where it can happen: a chain or a network by id; null: on any chain. */
  readonly place: { readonly chain: number } | { readonly network: string } | null;
}

export interface SeriesTopic {
  readonly kind: 'metric';
  readonly key: string;
  readonly metric: string;
  readonly subject: string;
  readonly subjectKind: SubjectKind | null;
  readonly grain: Grain;
}

/** Throws a UserError where the arguments do not say what to tell. */
export function toTopic({ field, args }: Pick<Subscription, 'field' | 'args'>): Topic {
  switch (field) {
    case 'jobUpdated':
      return toNounTopic('job', only(args, ['id', 'network', 'provider', 'buyer']));
    case 'providerUpdated':
      return toNounTopic('provider', only(args, ['id', 'network']));
    case 'blockIndexed':
      return toBlockTopic(only(args, ['chain', 'network']));
    case 'metricUpdated':
      return toSeriesTopic(args);
    default:
      throw new Error(`Expected a subscription that has a topic, got ${field}.`);
  }
}

type Args = Readonly<Record<string, unknown>>;

function only(args: Args, names: readonly string[]): readonly [name: string, value: string] | undefined {
  const given = names.flatMap((name) => {
    const value = args[name];
    return value === null || value === undefined ? [] : [[name, parseId(String(value))] as const];
  });
  if (given.length < 2) return given[0];
  throw new UserError(`Expected at most one of ${names.join(', ')}, got ${given.map(([name]) => name).join(' and ')}.`);
}

function toNounTopic(kind: 'job' | 'provider', by: readonly [string, string] | undefined): ChangeTopic {
  if (!by) return { kind, key: `${kind}:all`, place: null };
  const [name, value] = by;
  const network = value.split(':', 1).join();
  return { kind, key: `${kind}:${name}:${value}`, place: name === 'buyer' ? null : { network } };
}

function toBlockTopic(by: readonly [string, string] | undefined): ChangeTopic {
  if (!by) return { kind: 'block', key: 'block', place: null };
  const [name, value] = by;
  if (name === 'network') return { kind: 'block', key: `block:network:${value}`, place: { network: value } };
  const chain = Number(value);
  if (!Number.isSafeInteger(chain)) throw new UserError(`Expected the id of a chain, got ${value.slice(0, 80)}.`);
  return { kind: 'block', key: `block:chain:${chain}`, place: { chain } };
}

function toSeriesTopic(args: Args): SeriesTopic {
  const by = only(args, ['subject', 'network']);
  if (!by) throw new UserError('Expected subject or network, got neither: whom or what is the figure about?');
  const { metric, grain } = getGrained({ metric: String(args.metric), grain: args.grain as Grain });
  const kind = by[0] === 'network' ? 'network' : ((args.kind ?? null) as SubjectKind | null);
  const key = `metric:${metric.id}:${grain}:${kind ?? ''}:${by[1]}`;
  return { kind: 'metric', key, metric: metric.id, subject: by[1], subjectKind: kind, grain };
}

/** Every topic that a change belongs to, by key. */
export function toTopicKeys({ kind, id, providers, buyer }: Change): readonly string[] {
  const network = id.split(':', 1).join();
  const keys = [`${kind}:all`, `${kind}:id:${id}`, `${kind}:network:${network}`];
  if (kind === 'provider') return keys;
  return [
    ...keys,
    ...providers.map((provider) => `job:provider:${provider}`),
    ...(buyer ? [`job:buyer:${buyer.toLowerCase()}`] : []),
  ];
}
