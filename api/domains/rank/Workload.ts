import { GraphQLError } from 'graphql';
import { Field, ID, InputType, Int } from 'type-graphql';
import { gpuCatalogue } from '../../../schema/hardware/gpuCatalogue.js';
import { UserError } from '../../../schema/lib/errors.js';
import { ONE, parseFixed } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { Workload as Wanted } from '../../../schema/metrics/formulas/rank/Candidate.js';
import { assertRange } from '../../list/limits.js';
import { assertText, parseId } from '../../list/parseId.js';
import { BigDecimalScalar } from '../../scalars.js';

@InputType({ description: 'What somebody wants to run. What is left out may be anything.' })
export class Workload {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of a model of `gpuCatalogue`, such as `nvidia-h100`, that the machines must claim to have.',
  })
  model?: string | null;

  @Field(() => Int, { nullable: true, description: 'Memory of one GPU in GiB, as its vendor names it; 1 to 10,000.' })
  minVramGb?: number | null;

  @Field(() => Int, {
    defaultValue: 1,
    description: 'GPUs at once, of one provider, on one of its machines or several; 1 to 100,000.',
  })
  gpuCount: number;

  @Field(() => BigDecimalScalar, {
    defaultValue: '1',
    description: 'For how many hours; above 0, 100,000 at most. Costs of the whole are for so long.',
  })
  hours: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'Regions that it may run in, in the words of the networks and in any letter case; `eu` is `eu-west-1`, too. 50 at most.',
  })
  regionsIn?: readonly string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Regions that it must not run in, in the same way. 50 at most.',
  })
  regionsOut?: readonly string[] | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'What the lower bound of success (`success.lower`) must come to, from 0 to 1.',
  })
  minSuccess?: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'The highest price in USD for one GPU-hour, of what is asked, else of what was agreed on (`price`); above 0. Not of the expected cost.',
  })
  maxPrice?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of the networks to look at; all of them if it is left out. 50 at most.',
  })
  networks?: readonly string[] | null;
}

export interface ParsedWorkload extends Wanted {
  /** At 18 decimals. */
  readonly hours: bigint;
  readonly networks: readonly string[] | null;
}

/** Throws where something of it cannot be: what was expected, what came, and what to do. */
export function parseWorkload(given: Workload): ParsedWorkload {
  const { minVramGb, gpuCount } = given;
  if (minVramGb !== null && minVramGb !== undefined) assertRange('minVramGb', minVramGb, { min: 1, max: 10_000 });
  assertRange('gpuCount', gpuCount, { min: 1, max: 100_000 });
  const regionsIn = parseRegions('regionsIn', given.regionsIn);
  const regionsOut = parseRegions('regionsOut', given.regionsOut) ?? [];
  const both = regionsIn?.find((region) => regionsOut.includes(region));
  if (both !== undefined) {
    throw new UserError(
      `Expected a region in one of regionsIn and regionsOut, got ${quote(both)} in both: leave out one.`,
    );
  }
  return {
    ...{ model: parseModel(given.model), minVramGib: minVramGb ?? null, gpuCount, regionsIn, regionsOut },
    hours: parseAmount('hours', given.hours, { above: 0n, upTo: 100_000n }),
    minSuccess: given.minSuccess ? parseAmount('minSuccess', given.minSuccess, { upTo: 1n }) : null,
    maxPrice: given.maxPrice ? parseAmount('maxPrice', given.maxPrice, { above: 0n }) : null,
    networks: parseNetworks(given.networks),
  };
}

function parseModel(model: string | null | undefined): string | null {
  if (!model) return null;
  const id = model.toLowerCase();
  if (gpuCatalogue.models.some((known) => known.id === id)) return id;
  throw new GraphQLError(
    `Expected the id of a model of the catalogue of GPUs such as "nvidia-h100", got ${quote(model)}: see \`gpuCatalogue { models { id name } }\`.`,
    { extensions: { code: 'GPU_MODEL_UNKNOWN' } },
  );
}

function parseRegions(name: string, regions: readonly string[] | null | undefined): readonly string[] | null {
  if (!regions) return null;
  assertSome(name, regions);
  return regions.map((region) => {
    const text = assertText(region).trim().toLowerCase();
    if (text === '') throw new UserError(`Expected regions with a name in ${name}, got an empty one: leave it out.`);
    return text;
  });
}

function parseNetworks(networks: readonly string[] | null | undefined): readonly string[] | null {
  if (!networks) return null;
  assertSome('networks', networks);
  return [...new Set(networks.map(parseId))];
}

/** An empty list lets nothing through, which nobody means. */
function assertSome(name: string, list: readonly string[]): void {
  if (list.length >= 1 && list.length <= MAX_NAMES) return;
  throw new UserError(`Expected ${name} to name from 1 to ${MAX_NAMES}, got ${list.length}: leave it out for all.`);
}

const MAX_NAMES = 50;

function parseAmount(name: string, text: string, bounds: { readonly above?: bigint; readonly upTo?: bigint }): bigint {
  const { above, upTo } = bounds;
  const range = [above !== undefined && `above ${above}`, upTo !== undefined && `of ${upTo} at most`]
    .filter(Boolean)
    .join(', ');
  const value = text.startsWith('-') ? -1n : parseFixed(text);
  const isWithin =
    value >= 0n && (above === undefined || value > above * ONE) && (upTo === undefined || value <= upTo * ONE);
  if (!isWithin) throw new UserError(`Expected ${name} to be ${range || 'zero or more'}, got ${text.slice(0, 80)}.`);
  return value;
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
