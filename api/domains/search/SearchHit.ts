import { Field, ID, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';

export type HitKind =
  | 'network'
  | 'provider'
  | 'hardware'
  | 'metric'
  | 'job'
  | 'task'
  | 'node'
  | 'buyer'
  | 'transaction'
  | 'block'
  | 'event';

export const SearchHitKind = createEnum<HitKind>({
  name: 'SearchHitKind',
  description: 'What was found.',
  values: {
    network: 'A protocol on one chain.',
    provider: 'Who sells compute.',
    hardware: 'A model of GPU on a network.',
    metric: 'A figure of the catalogue.',
    job: 'A paid agreement.',
    task: 'A piece of a job.',
    node: 'A machine.',
    buyer: 'Who opened jobs.',
    transaction: 'A transaction that bears logs of a network.',
    block: 'A block that is kept.',
    event: 'A log of a contract.',
  },
});

export type Exactness = 'exact' | 'prefix' | 'contains';

export const SearchExactness = createEnum<Exactness>({
  name: 'SearchExactness',
  description: 'How much of it was typed.',
  values: {
    exact: 'All of an id, an address, a hash or a name.',
    prefix: 'Its beginning.',
    contains: 'Something within it.',
  },
});

@ObjectType({ description: 'Something that was found.', simpleResolvers: true })
export class SearchHit {
  @Field(() => SearchHitKind, { description: 'What it is.' })
  kind: HitKind;

  @Field(() => ID, { description: 'Its public id, as the field of its kind takes it.' })
  id: string;

  @Field(() => String, {
    description: 'What people call it, its first 200 letters; of others’ words, for whoever shows it to clean.',
  })
  title: string;

  @Field(() => String, { nullable: true, description: 'Where it belongs; null: nowhere in particular.' })
  subtitle: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its page in the explorer, from the root on; null: it has none of its own.',
  })
  path: string | null;

  @Field(() => SearchExactness, { description: 'How much of it was typed.' })
  exactness: Exactness;
}
