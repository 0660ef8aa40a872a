import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { GpuKind, GpuModel as Model } from '../../../schema/hardware/gpuCatalogue.js';
import { createEnum } from '../../list/createEnum.js';

const GpuKindEnum = createEnum<GpuKind>({
  name: 'GpuKind',
  description: 'What a GPU is sold for.',
  values: { datacenter: 'Servers.', workstation: 'Professional workstations.', consumer: 'Games.' },
});

@ObjectType({ description: 'A GPU as its vendor sells it.', simpleResolvers: true })
export class GpuModel {
  @Field(() => ID, { description: '<vendor>-<model>.' })
  id: string;

  @Field(() => String, { description: 'Its full name.' })
  name: string;

  @Field(() => String, { description: 'Who makes it.' })
  vendor: string;

  @Field(() => GpuKindEnum, { description: 'What it is sold for.' })
  kind: GpuKind;

  @Field(() => [Int], { description: 'The sizes of memory it is sold with, in MiB.' })
  vramMib: Model['vramMib'];

  @Field(() => String, { description: 'URL at which its vendor names them.' })
  source: string;
}
