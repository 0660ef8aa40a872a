import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a query looks like once its fragments stand where they are spread. Questions about the schema weigh nothing. */
export interface Shape {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

/** Every selection set is measured once, so that fragments that spread each other cost no more than their text. */
export function measureShape(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const measured = new Map<SelectionSetNode, Shape>();

  function measureSet(set: SelectionSetNode | undefined): Shape {
    if (!set) return nothing;
    const known = measured.get(set);
    if (known) return known;
    const shape = set.selections.map(measure).reduce(join, nothing);
    measured.set(set, shape);
    return shape;
  }

  function measure(selection: SelectionNode): Shape {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return measureSet(fragments.get(selection.name.value));
    if (selection.kind === Kind.INLINE_FRAGMENT) return measureSet(selection.selectionSet);
    const own = selection.alias ? 1 : 0;
    if (selection.name.value.startsWith('__')) return { depth: 0, aliases: own, fields: 1 };
    const { depth, aliases, fields } = measureSet(selection.selectionSet);
    return { depth: depth + 1, aliases: aliases + own, fields: fields + 1 };
  }

  return measureSet(operation.selectionSet);
}

const nothing: Shape = { depth: 0, aliases: 0, fields: 0 };

function join(left: Shape, right: Shape): Shape {
  return {
    depth: Math.max(left.depth, right.depth),
    aliases: left.aliases + right.aliases,
    fields: left.fields + right.fields,
  };
}
