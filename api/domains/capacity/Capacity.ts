import { Field, Int, ObjectType } from 'type-graphql';
import { GpuModel } from '../gpu/GpuModel.js';

@ObjectType({
  description:
    'Machines of one kind that a provider has on offer. Numbers of GPUs are its own claims; what machines do is by the chain and their heartbeats.',
  simpleResolvers: true,
})
export class Capacity {
  @Field(() => GpuModel, { nullable: true, description: 'Of the catalogue; null: it knows none such, or nobody says.' })
  model: GpuModel | null;

  @Field(() => Int, { description: 'Machines on offer.' })
  machines: number;

  @Field(() => Int, { nullable: true, description: 'GPUs of them; null: nobody says of any.' })
  gpus: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'GPUs of machines that are heard now; null: none of them sends heartbeats, or as of the past.',
  })
  onlineGpus: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'GPUs of machines without a task that are not known to be silent; at least, for nobody says how many of its GPUs a task takes. Null: not known.',
  })
  freeGpus: number | null;
}
