import { Field, Int, ObjectType } from 'type-graphql';
import {
  findImplausible,
  type GpuClaim,
  hasClaim,
  type ImplausibleReason,
} from '../../../schema/hardware/findImplausible.js';
import { gpuCatalogue } from '../../../schema/hardware/gpuCatalogue.js';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import { createEnum } from '../../list/createEnum.js';
import { GpuModel } from './GpuModel.js';

const ImplausibleReasonEnum = createEnum<ImplausibleReason>({
  name: 'ImplausibleReason',
  description: 'What speaks against a claim.',
  values: {
    unknownModel: 'The catalogue knows no such GPU, or the text names several. Alone it is no contradiction.',
    impossibleVram: 'That model was never sold with as much memory, or as little.',
    contradictoryVram: 'The text names another size of memory than the number.',
    tooMany: 'More GPUs than one machine holds.',
    none: 'A model, and no GPU of it.',
  },
});

@ObjectType({
  description: 'What a machine is said to have for GPUs. Nobody has checked it: whoever offers the machine says so.',
  simpleResolvers: true,
})
export class ClaimedGpu {
  @Field(() => GpuModel, { nullable: true, description: 'The model of the catalogue that the claim names.' })
  model: GpuModel | null;

  @Field(() => String, { description: 'The version of the catalogue it was matched against.' })
  catalogueVersion: string;

  @Field(() => String, { nullable: true, description: 'The claim in its own words; null: no model was named.' })
  claimed: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, as claimed.' })
  count: number | null;

  @Field(() => Int, { nullable: true, description: 'Memory of one, in MiB, as claimed.' })
  vramMib: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the claim can be true; null: it cannot be judged, for the model is not known.',
  })
  plausible: boolean | null;

  @Field(() => [ImplausibleReasonEnum], { description: 'What speaks against it.' })
  reasons: readonly ImplausibleReason[];
}

/** Null where nothing is claimed. */
export function toClaimedGpu(claim: GpuClaim): ClaimedGpu | null {
  if (!hasClaim(claim)) return null;
  const reasons = findImplausible(claim);
  return {
    model: matchGpu(claim.gpuModel ?? '').model ?? null,
    catalogueVersion: gpuCatalogue.version,
    claimed: claim.gpuModel || null,
    count: claim.gpuCount ?? null,
    vramMib: claim.vramMb ?? null,
    plausible: reasons.some((reason) => reason !== 'unknownModel') ? false : reasons.length === 0 ? true : null,
    reasons,
  };
}
