import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  Grain,
  MetricDefinition,
  MetricValue,
  SubjectKind,
  Unit,
} from '../../../schema/metrics/MetricDefinition.js';
import { createEnum } from '../../list/createEnum.js';

export const MetricSubjectKind = createEnum<SubjectKind>({
  name: 'MetricSubjectKind',
  description: 'Whom or what a figure is about.',
  values: {
    network: 'A protocol on one chain: its id.',
    provider: 'Who sells compute: `<network>:<native id>`.',
    operator: 'Providers that act as one, by accounts of their own: `<network>:operator:<native id>`.',
    node: 'A machine: `<network>:<native id>`.',
    hardware: 'A model of GPU on a network: `<network>:gpu:<model>`, with the id of a model in `gpuCatalogue`.',
    region: 'A region of a network, in its own words: `<network>:region:<name>`.',
    buyer: 'Who pays for work: `<network>:<address>`.',
  },
});

export const MetricGrain = createEnum<Grain>({
  name: 'MetricGrain',
  description: 'How long one bucket is.',
  values: {
    hour: 'Whole hours; of providers, operators, nodes and buyers those of the last two days.',
    day: 'Whole days, UTC.',
    window: 'The 1, 7, 30 or 90 days up to the last hour that is settled.',
  },
});

export const MetricValueKind = createEnum<MetricValue>({
  name: 'MetricValueKind',
  description: 'What a figure is made of.',
  values: {
    sum: 'The numerator alone; buckets add up.',
    ratio: 'Numerator over denominator; both add up, so that any longer time is their sums divided.',
    computed: 'The numerator as it stands, made for each bucket by itself: buckets do not add up.',
  },
});

export const MetricToken = createEnum<NonNullable<MetricDefinition['token']>>({
  name: 'MetricToken',
  description: 'One of the two tokens of a network.',
  values: { work: 'That work is paid in: `workToken`.', stake: 'That is staked: `stakeToken`.' },
});

@ObjectType({ description: 'A published figure, with its definition.', simpleResolvers: true })
export class Metric {
  @Field(() => ID, { description: 'Such as `jobs.success`.' })
  id: string;

  @Field(() => String, { description: 'What people call it.' })
  title: string;

  @Field(() => String, { description: 'Unit of its values.' })
  unit: Unit;

  @Field(() => MetricToken, {
    nullable: true,
    description: 'Of base units: of which token of the network; null: of whatever each amount is in, or of no token.',
  })
  token?: MetricDefinition['token'];

  @Field(() => [MetricSubjectKind], { description: 'Whom or what there are figures of.' })
  subjects: readonly SubjectKind[];

  @Field(() => [MetricGrain], { description: 'How long its buckets are.' })
  grains: readonly Grain[];

  @Field(() => MetricValueKind, { description: 'What its figures are made of.' })
  value: MetricValue;

  @Field(() => String, { description: 'What it tells.' })
  definition: string;

  @Field(() => String, { description: 'How it is made.' })
  formula: string;

  @Field(() => Int, { description: 'Raised whenever the same facts would give another figure.' })
  methodVersion: number;

  @Field(() => [String], { description: 'The tables that it is made from.' })
  sources: readonly string[];

  @Field(() => String, { nullable: true, description: 'When there is no figure, and what is left out.' })
  caveats?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Which way is good for a buyer, `higher` or `lower`; null: neither.',
  })
  better?: string;
}
