import { Field, ID, Int, ObjectType } from 'type-graphql';
import { BigDecimalScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'How many ask a price between two others. Buckets are equally wide on a logarithmic scale.',
  simpleResolvers: true,
})
export class AskBucket {
  @Field(() => BigDecimalScalar, { description: 'USD for a GPU-hour: so much or more.' })
  from: string;

  @Field(() => BigDecimalScalar, { description: 'And less than so much.' })
  to: string;

  @Field(() => Int, { description: 'Machines that are asked so much for.' })
  asks: number;

  @Field(() => Int, { description: 'GPUs of these machines.' })
  gpus: number;
}

@ObjectType({ description: 'What is asked for a class of hardware.', simpleResolvers: true })
export class AsksOfHardware {
  @Field(() => ID, { nullable: true, description: 'Id of a model of `gpuCatalogue`; null: nobody knows which.' })
  hardware: string | null;

  @Field(() => Int, { description: 'Machines with an ask in USD.' })
  asks: number;

  @Field(() => Int, { description: 'GPUs of these machines.' })
  gpus: number;

  @Field(() => BigDecimalScalar, { description: 'The least that is asked, USD for a GPU-hour.' })
  floor: string;

  @Field(() => BigDecimalScalar, { description: 'Half of the GPUs cost no more, USD for a GPU-hour.' })
  median: string;

  @Field(() => BigDecimalScalar, { description: 'The most that is asked, USD for a GPU-hour.' })
  highest: string;
}

@ObjectType({
  description:
    'What is asked for a GPU-hour now, of machines that are on offer and there, free or not (docs/questions.md).',
  simpleResolvers: true,
})
export class AskBook {
  @Field(() => Int, { description: 'Machines with an ask in USD.' })
  asks: number;

  @Field(() => Int, { description: 'GPUs of these machines.' })
  gpus: number;

  @Field(() => Int, { description: 'Of these, GPUs of machines that have no task.' })
  freeGpus: number;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'The least that is asked; null: nobody asks.' })
  floor: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'Half of the GPUs cost no more.' })
  median: string | null;

  @Field(() => Int, {
    description: 'Machines with an ask that are not there, by their heartbeats. They are in no bucket.',
  })
  notThere: number;

  @Field(() => Int, { description: 'Machines with an ask whose token nobody can put into USD. They are in no bucket.' })
  withoutUsd: number;

  @Field(() => Int, { description: 'Machines on offer for which no price of a GPU-hour is known.' })
  withoutAsk: number;

  @Field(() => [AskBucket], { description: 'From the lowest price to the highest, empty ones between them too.' })
  buckets: readonly AskBucket[];

  @Field(() => [AsksOfHardware], { description: 'By hardware, that with most GPUs first.' })
  byHardware: readonly AsksOfHardware[];

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'When the newest of these asks was named or last seen.',
  })
  at: Date | null;
}
