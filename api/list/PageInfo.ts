import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Where a page begins and ends, and whether there is more.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether rows come before.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null: there is none.' })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row: the `after` of the next page; null: there is none.',
  })
  endCursor: string | null;
}
