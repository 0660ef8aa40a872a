import { ArgsType, type ClassType, Field, ID, InputType, Int } from 'type-graphql';
import { BigDecimalScalar, BigIntScalar, BytesScalar, TimestampScalar } from '../scalars.js';
import type { Kind, ListColumn } from './columns.js';
import { createEnum } from './createEnum.js';
import type { Direction, List } from './List.js';
import { ListArgs, OrderDirection } from './ListArgs.js';
import { type Operator, operators } from './operators.js';
import type { Where } from './toWhere.js';

export interface ListTypes {
  readonly where: ClassType<object>;
  readonly orderBy: object;
  readonly args: ClassType<ListArguments>;
}

export interface ListArguments extends ListArgs {
  readonly orderBy: string;
  readonly orderDirection: Direction;
  readonly where?: Where | null;
}

/** The types of GraphQL that ask for a list. `whereOf` finds the filter of a relation's list, once all of them are made. */
export function createListTypes(list: List, whereOf: (name: string) => ClassType<object>): ListTypes {
  const where = createWhere(list, whereOf);
  const OrderBy = createOrderBy(list);
  const noun = toWords(list.field);

  @ArgsType()
  class Arguments extends ListArgs implements ListArguments {
    @Field(() => OrderBy, { defaultValue: list.order.by, description: 'What to sort by.' })
    orderBy: string;

    @Field(() => OrderDirection, { defaultValue: list.order.direction, description: 'Which end comes first.' })
    orderDirection: Direction;

    @Field(() => where, { nullable: true, description: `Which ${noun}.` })
    where?: Where | null;
  }
  return { where, orderBy: OrderBy, args: Arguments };
}

/** `escrowChanges` as words. */
function toWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function createOrderBy(list: List): object {
  const sorted = Object.entries(list.by).filter(([, { only }]) => only !== 'filter');
  return createEnum({
    name: `${list.name}OrderBy`,
    description: `What ${toWords(list.field)} are sorted by; ties ${isByPlace(list) ? 'in the order of the chain' : 'by id'}.`,
    values: Object.fromEntries(sorted.map(([name, { meaning }]) => [name, `${meaning}.`])),
    deprecated: Object.fromEntries(
      sorted.flatMap(([name, { deprecated }]) => (deprecated ? [[name, `Sort by ${deprecated}.`]] : [])),
    ),
  });
}

function isByPlace(list: List): boolean {
  return list.tie.length > 1;
}

/** Fields are added by calling what decorators call: their names are not known before. */
function createWhere(list: List, whereOf: (name: string) => ClassType<object>): ClassType<object> {
  class WhereInput {}
  const add = (name: string, type: () => object | [object], description: string) =>
    Field(type as () => ClassType, { nullable: true, description })(WhereInput.prototype, name);
  for (const [name, column] of Object.entries(list.by)) {
    if (column.only === 'sort') continue;
    for (const operator of operators[column.kind]) {
      const type = toType(column);
      const description = `${column.meaning}: ${toPhrase(column, operator)}.`;
      add(`${name}${operator.suffix}`, () => (operator.takes === 'list' ? [type] : type), description);
    }
  }
  for (const [name, { kind, description }] of Object.entries(list.filters ?? {})) {
    add(name, () => types[kind], description);
  }
  for (const [name, { to, meaning }] of Object.entries(list.relations ?? {})) {
    add(`${name}_`, () => whereOf(to), `${meaning}: meets these conditions.`);
  }
  add('and', () => [WhereInput], 'All of these hold; at most three levels deep.');
  add('or', () => [WhereInput], 'At least one of these holds; at most three levels deep.');
  InputType(`${list.name}Where`, { description: `Which ${toWords(list.field)}; all conditions must hold.` })(
    WhereInput,
  );
  return WhereInput;
}

function toPhrase({ nullable, kind }: ListColumn, { suffix, phrase }: Operator): string {
  if (kind === 'time' && suffix in moments) return moments[suffix] ?? phrase;
  if (!nullable)
    return phrase.replace('is known and not', 'is not').replace('is known and ', '').replace(/^none/, 'is none');
  return suffix === '' ? 'is this; null: is unknown' : phrase;
}

const moments: Readonly<Record<string, string>> = {
  _gt: 'is after this',
  _gte: 'is this or after',
  _lt: 'is before this',
  _lte: 'is this or before',
};

function toType({ kind, choice }: ListColumn): object {
  return kind === 'choice' && choice ? choice : types[kind];
}

const types: Readonly<Record<Kind, object>> = {
  id: ID,
  place: ID,
  word: String,
  text: String,
  bytes: BytesScalar,
  int: Int,
  bigint: BigIntScalar,
  decimal: BigDecimalScalar,
  time: TimestampScalar,
  boolean: Boolean,
  choice: String,
};
