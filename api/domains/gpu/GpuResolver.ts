import { Query, Resolver } from 'type-graphql';
import { gpuCatalogue } from '../../../schema/hardware/gpuCatalogue.js';
import { GpuCatalogue } from './GpuCatalogue.js';

@Resolver(() => GpuCatalogue)
export class GpuResolver {
  @Query(() => GpuCatalogue, { description: 'The GPUs that claims of machines are matched against.' })
  gpuCatalogue(): GpuCatalogue {
    return gpuCatalogue;
  }
}
