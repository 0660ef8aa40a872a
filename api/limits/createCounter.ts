import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';

export type Values = Readonly<Record<string, unknown>>;

/** A field counts `base + times × (own + what its selection counts)`. */
export interface Weight {
  readonly base: number;
  readonly times: number;
  readonly own: number;
}

/** What is counted: the weight of a field by those of its arguments that say how long it is. */
export interface Formula {
  readonly lengthArguments: readonly string[];
  weigh(field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType, lengths: Values): Weight;
}

export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export interface Counter {
  /** Those that change what is counted. */
  readonly variables: ReadonlySet<string>;
  /** Takes them as GraphQL coerces them. */
  count(variables: Values): number;
}

/**
 * Counts a validated operation by a formula. Each selection set is looked at once, however often fragments spread it, so that
 * counting costs no more than the text is long; what no variable can change is counted once for all.
 */
export function createCounter({ schema, document, operation }: Operation, formula: Formula): Counter {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const compiled = new Map<SelectionSetNode, Sum>();
  const variables = new Set<string>();
  const root = schema.getRootType(operation.operation);
  const sum = root ? compileSet(operation.selectionSet, root) : EMPTY;
  return { variables, count: (values) => evaluate(sum, values, new Map()) };

  function compileSet(set: SelectionSetNode, type: GraphQLNamedType): Sum {
    const known = compiled.get(set);
    if (known) return known;
    const terms = set.selections.flatMap((selection): readonly Term[] => {
      const inner = compileSelection(selection, type);
      return inner ? toConditional(inner, selection.directives ?? [], variables) : [];
    });
    const made = toSum(terms);
    compiled.set(set, made);
    return made;
  }

  function compileSelection(selection: SelectionSetNode['selections'][number], type: GraphQLNamedType): Term | null {
    switch (selection.kind) {
      case Kind.FIELD:
        return compileField(selection, type);
      case Kind.INLINE_FRAGMENT: {
        const on = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type;
        return on ? toPart(compileSet(selection.selectionSet, on)) : null;
      }
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(selection.name.value);
        const on = fragment && schema.getType(fragment.typeCondition.name.value);
        return fragment && on ? toPart(compileSet(fragment.selectionSet, on)) : null;
      }
    }
  }

  function compileField(node: FieldNode, parent: GraphQLNamedType): Term | null {
    const field = findField(parent, node.name.value);
    if (!field) return null;
    const lengths = readLengths(field, node, formula.lengthArguments);
    for (const name of lengths.variables) variables.add(name);
    const type = getNamedType(field.type);
    // Of the schema itself the field that leads to it stands for all.
    const isLeaf = field.name.startsWith('__') || !isCompositeType(type) || !node.selectionSet;
    const inner = isLeaf ? EMPTY : compileSet(node.selectionSet as SelectionSetNode, type);
    return { weigh: lengths.toWeight((values) => formula.weigh(field, parent, values)), inner };
  }
}

const metaFields = [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef];

function findField(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name.startsWith('__')) return metaFields.find((field) => field.name === name);
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

/** A number, and what variables add to it. */
interface Sum {
  readonly constant: number;
  readonly terms: readonly Term[];
}

interface Term {
  readonly weigh: Weight | ((variables: Values) => Weight);
  readonly inner: Sum;
}

const EMPTY: Sum = { constant: 0, terms: [] };
const ONCE: Weight = { base: 0, times: 1, own: 0 };
const NEVER: Weight = { base: 0, times: 0, own: 0 };

function toPart(inner: Sum): Term {
  return { weigh: ONCE, inner };
}

function toSum(terms: readonly Term[]): Sum {
  let constant = 0;
  const varying: Term[] = [];
  for (const term of terms) {
    if (typeof term.weigh === 'object' && term.inner.terms.length === 0) {
      constant += toNumber(term.weigh, term.inner.constant);
    } else varying.push(term);
  }
  return { constant, terms: varying };
}

function toNumber({ base, times, own }: Weight, inner: number): number {
  return base + times * (own + inner);
}

/** `known` holds what this question has already added up: fragments share their sums. */
function evaluate(sum: Sum, variables: Values, known: Map<Sum, number>): number {
  if (sum.terms.length === 0) return sum.constant;
  const found = known.get(sum);
  if (found !== undefined) return found;
  let total = sum.constant;
  for (const { weigh, inner } of sum.terms) {
    const weight = typeof weigh === 'object' ? weigh : weigh(variables);
    total += toNumber(weight, weight.times === 0 ? 0 : evaluate(inner, variables, known));
  }
  known.set(sum, total);
  return total;
}

/** What `@skip` and `@include` say about a selection. */
function toConditional(term: Term, directives: readonly DirectiveNode[], used: Set<string>): readonly Term[] {
  let made: Term = term;
  for (const { name, arguments: args } of directives) {
    const value = args?.find((argument) => argument.name.value === 'if')?.value;
    const shown = name.value === 'include' ? true : name.value === 'skip' ? false : undefined;
    if (shown === undefined || !value) continue;
    if (value.kind === Kind.BOOLEAN && value.value !== shown) return [];
    if (value.kind !== Kind.VARIABLE) continue;
    const variable = value.name.value;
    used.add(variable);
    made = { weigh: (variables) => (variables[variable] === shown ? ONCE : NEVER), inner: toSum([made]) };
  }
  return [made];
}

/** The arguments that a formula asks for, by literals, defaults or variables. */
function readLengths(field: GraphQLField<unknown, unknown>, node: FieldNode, names: readonly string[]) {
  const fixed: Record<string, unknown> = {};
  const byVariable: (readonly [argument: string, variable: string, fallback: unknown])[] = [];
  for (const { name, defaultValue } of field.args) {
    if (!names.includes(name)) continue;
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (!value) fixed[name] = defaultValue;
    else if (value.kind === Kind.INT) fixed[name] = Number(value.value);
    else if (value.kind === Kind.VARIABLE) byVariable.push([name, value.name.value, defaultValue]);
  }
  return {
    variables: byVariable.map(([, variable]) => variable),
    toWeight(weigh: (lengths: Values) => Weight): Term['weigh'] {
      if (byVariable.length === 0) return weigh(fixed);
      return (variables) => {
        const lengths = { ...fixed };
        for (const [name, variable, fallback] of byVariable) {
          lengths[name] = Object.hasOwn(variables, variable) ? variables[variable] : fallback;
        }
        return weigh(lengths);
      };
    },
  };
}
