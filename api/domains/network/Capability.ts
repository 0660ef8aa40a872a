import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Something a network may or may not write to its chain.', simpleResolvers: true })
export class Capability {
  @Field(() => String, { description: 'jobs, nodes, payout, price, stake or verification.' })
  name: string;

  @Field(() => Boolean, { description: 'Whether it is recorded.' })
  recorded: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is not recorded; null where it is.' })
  reason: string | null;
}

export function toCapabilities(capabilities: Readonly<Record<string, true | string>>): Capability[] {
  return Object.entries(capabilities)
    .map(([name, recorded]) => ({ name, recorded: recorded === true, reason: recorded === true ? null : recorded }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
