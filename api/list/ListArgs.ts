import { ArgsType, Field, Int } from 'type-graphql';
import { createEnum } from './createEnum.js';

export const OrderDirection = createEnum({
  name: 'OrderDirection',
  description: 'Which end of a sorted list comes first. Unknown values come last either way.',
  values: {
    asc: 'Smallest, oldest or first in the alphabet first.',
    desc: 'Largest, newest or last in the alphabet first.',
  },
});

/** Every list is paged in the same way. */
@ArgsType()
export class ListArgs {
  @Field(() => Int, { defaultValue: 100, description: 'How many rows at most, from 1 to 1,000.' })
  first: number;

  @Field(() => Int, { defaultValue: 0, description: 'How many rows to leave out at the start, from 0 to 5,000.' })
  skip: number;
}
