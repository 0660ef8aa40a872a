import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a query looks like once its fragments stand where they are spread. */
export interface Shape {
  /** Questions about the schema have a depth of their own, `schemaLists`. */
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly directives: number;
  readonly rootFields: number;
  /** Questions about all of the schema. */
  readonly schemas: number;
  /** Lists within each other of a question about the schema: each multiplies what the one above it gives. */
  readonly schemaLists: number;
}

interface Measured extends Omit<Shape, 'rootFields'> {
  /** Lists within each other as long as it is not known whether they are of the schema. */
  readonly typeLists: number;
}

/** Every selection set is measured once, so that fragments that spread each other cost no more than their text. */
export function measureShape(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const measured = new Map<SelectionSetNode, Measured>();
  const rooted = new Map<SelectionSetNode, number>();
  const whole = measureSet(operation.selectionSet);
  const { typeLists: _, ...shape } = whole;
  const directives = whole.directives + (operation.directives?.length ?? 0);
  return { ...shape, directives, rootFields: countRoots(operation.selectionSet) };

  function measureSet(set: SelectionSetNode | undefined): Measured {
    if (!set) return nothing;
    const known = measured.get(set);
    if (known) return known;
    const shape = set.selections.map(measure).reduce(join, nothing);
    measured.set(set, shape);
    return shape;
  }

  function measure(selection: SelectionNode): Measured {
    const own = selection.directives?.length ?? 0;
    const { directives: inner, ...rest } = measureSelection(selection);
    return { ...rest, directives: own + inner };
  }

  function measureSelection(selection: SelectionNode): Measured {
    if (selection.kind !== Kind.FIELD) return measureSet(toSet(selection));
    const inner = measureSet(selection.selectionSet);
    const name = selection.name.value;
    const isOfSchema = name.startsWith('__');
    return {
      depth: isOfSchema ? 0 : inner.depth + 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      fields: inner.fields + 1,
      directives: inner.directives,
      schemas: inner.schemas + (name === '__schema' ? 1 : 0),
      schemaLists: isOfSchema ? inner.typeLists : inner.schemaLists,
      typeLists: isOfSchema ? 0 : inner.typeLists + (TYPE_LISTS.has(name) ? 1 : 0),
    };
  }

  function countRoots(set: SelectionSetNode | undefined): number {
    if (!set) return 0;
    const known = rooted.get(set);
    if (known !== undefined) return known;
    let count = 0;
    for (const selection of set.selections) count += selection.kind === Kind.FIELD ? 1 : countRoots(toSet(selection));
    rooted.set(set, count);
    return count;
  }

  function toSet(selection: Exclude<SelectionNode, { kind: Kind.FIELD }>): SelectionSetNode | undefined {
    return selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection.selectionSet;
  }
}

/** What a type has many of that lead to types again. */
const TYPE_LISTS = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes', 'enumValues']);

const nothing: Measured = { depth: 0, aliases: 0, fields: 0, directives: 0, schemas: 0, schemaLists: 0, typeLists: 0 };

function join(left: Measured, right: Measured): Measured {
  return {
    depth: Math.max(left.depth, right.depth),
    aliases: left.aliases + right.aliases,
    fields: left.fields + right.fields,
    directives: left.directives + right.directives,
    schemas: left.schemas + right.schemas,
    schemaLists: Math.max(left.schemaLists, right.schemaLists),
    typeLists: Math.max(left.typeLists, right.typeLists),
  };
}
