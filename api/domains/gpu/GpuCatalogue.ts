import { Field, ObjectType } from 'type-graphql';
import { GpuModel } from './GpuModel.js';

@ObjectType({
  description: 'The GPUs that claims are matched against. Claims are stored as they are made and judged when read.',
  simpleResolvers: true,
})
export class GpuCatalogue {
  @Field(() => String, { description: 'Changes with every change of the entries.' })
  version: string;

  @Field(() => [GpuModel], { description: 'All of them, by vendor and what they are sold for.' })
  models: readonly GpuModel[];
}
