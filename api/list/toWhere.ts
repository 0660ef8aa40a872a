import { assert } from '../../schema/lib/assert.js';
import { UserError } from '../../schema/lib/errors.js';
import type { ListColumn } from './columns.js';
import type { List, SpecialFilter } from './List.js';
import { type Operator, operators } from './operators.js';
import type { Parameters } from './Parameters.js';
import { toCondition } from './toCondition.js';

/** `where` as it is asked: names of columns with their operators, `and`, `or`, and relations as `provider_`. */
export type Where = Readonly<Record<string, unknown>>;

export interface WhereOptions {
  readonly parameters: Parameters;
  /** By name: what relations lead to. */
  readonly lists: ReadonlyMap<string, List>;
  /** What special filters take for the values that are given. */
  readonly special: ReadonlyMap<SpecialFilter, (value: unknown) => unknown>;
}

/** The conditions that a row must meet, all of them. */
export function toWhere(list: List, where: Where | null | undefined, options: WhereOptions): readonly string[] {
  const left = { conditions: MAX_CONDITIONS, groups: MAX_GROUPS };
  return toConditions({ list, where: where ?? {}, depth: 0, related: false }, { ...options, left });
}

/** Enough for a form, and too little to keep the database busy. */
const MAX_DEPTH = 3;
const MAX_CONDITIONS = 30;
/** Of groups that hold nothing there might be any number. */
const MAX_GROUPS = 30;

interface Level {
  readonly list: List;
  readonly where: Where;
  readonly depth: number;
  /** Whether a relation led here. */
  readonly related: boolean;
}

interface State extends WhereOptions {
  readonly left: { conditions: number; groups: number };
}

function toConditions(level: Level, state: State): readonly string[] {
  return Object.entries(level.where)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (name === 'and' || name === 'or') return toGroup(level, { name, value }, state);
      if (name.endsWith('_')) return toRelation(level, { name, value }, state);
      spend(state);
      return toOne(level.list, { name, value }, state);
    });
}

function spend({ left }: State): void {
  left.conditions -= 1;
  if (left.conditions < 0) refuseMany();
}

function refuseMany(): never {
  throw new UserError(`Expected a where of at most ${MAX_CONDITIONS} conditions, got more: ask in several queries.`);
}

interface Entry {
  readonly name: string;
  readonly value: unknown;
}

/** None of none is no restriction for `and`, and holds nowhere for `or`. */
function toGroup(level: Level, { name, value }: Entry, state: State): string {
  const depth = level.depth + 1;
  if (depth > MAX_DEPTH) {
    throw new UserError(`Expected \`and\` and \`or\` at most ${MAX_DEPTH} levels deep, got more: say it with fewer.`);
  }
  if (!Array.isArray(value)) throw new UserError(`Expected ${name} to be a list, got null: leave it out.`);
  state.left.groups -= value.length;
  if (state.left.groups < 0) refuseMany();
  const groups = value.map((where: Where) => join(toConditions({ ...level, where, depth }, state), 'and', 'true'));
  return name === 'and' ? join(groups, 'and', 'true') : join(groups, 'or', 'false');
}

function join(conditions: readonly string[], by: 'and' | 'or', none: string): string {
  return conditions.length === 0 ? none : `(${conditions.join(` ${by} `)})`;
}

function toRelation({ list, related }: Level, { name, value }: Entry, state: State): string {
  const relation = list.relations?.[name.slice(0, -1)];
  const other = relation && state.lists.get(relation.to);
  assert(relation !== undefined && other !== undefined, `relation ${name} leads to a list`);
  if (related)
    throw new UserError(`Expected relations one level down, got ${name} within another: ask in two queries.`);
  if (value === null) throw new UserError(`Expected ${name} to be a filter, got null: leave it out.`);
  spend(state);
  const conditions = toConditions({ list: other, where: value as Where, depth: 0, related: true }, state);
  return `exists (select 1 ${other.from} where ${[relation.on, ...conditions].join(' and ')})`;
}

function toOne(list: List, { name, value }: Entry, { parameters, special }: State): string {
  const filter = list.filters?.[name];
  if (filter) return filter.holds(parameters.add(special.get(filter)?.(value), filter.type));
  const { column, operator } = getComparison(list, name);
  return toCondition({ name, column, operator, value }, parameters);
}

/** GraphQL lets no other names in; as they become SQL, they are held against the definition once more. */
function getComparison(list: List, name: string): { readonly column: ListColumn; readonly operator: Operator } {
  for (let at = name.length; at > 0; at = name.lastIndexOf('_', at - 1)) {
    const column = list.by[name.slice(0, at)];
    if (!column || column.only === 'sort') continue;
    const operator = operators[column.kind].find(({ suffix }) => suffix === name.slice(at));
    assert(operator !== undefined, `filter ${name} has an operator`);
    return { column, operator };
  }
  throw new Error(`Assertion failed: filter ${name} has a column`);
}

/** Before anything else walks through it: what variables hold may be as long as a request. */
export function assertWhere(
  where: Where | null | undefined,
  left: { groups: number } = { groups: MAX_GROUPS + MAX_CONDITIONS },
): void {
  for (const [name, value] of Object.entries(where ?? {})) {
    if (name !== 'and' && name !== 'or' && !name.endsWith('_')) continue;
    const inner = Array.isArray(value) ? value : [value];
    left.groups -= inner.length;
    if (left.groups < 0) refuseMany();
    for (const each of inner) assertWhere(each as Where | null, left);
  }
}

/** Filters that a `where` uses and that must be loaded before it becomes SQL. */
export function listSpecialFilters(
  list: List,
  where: Where | null | undefined,
  lists: WhereOptions['lists'],
): ReadonlySet<SpecialFilter> {
  const found = Object.entries(where ?? {}).flatMap(([name, value]) => {
    const special = list.filters?.[name];
    if (special) return [special];
    const relation = list.relations?.[name.slice(0, -1)];
    const other = relation && name.endsWith('_') ? lists.get(relation.to) : list;
    const inner = Array.isArray(value) ? value : [value];
    const isNested = name === 'and' || name === 'or' || other !== list;
    return isNested && other ? inner.flatMap((each: Where) => [...listSpecialFilters(other, each, lists)]) : [];
  });
  return new Set(found);
}
