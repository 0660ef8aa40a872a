import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  parseType,
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import { isNow, type Moment } from '../moment.js';

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Root fields of one moment, that of now: they are asked for beside the others. */
export const presentFields: readonly string[] = ['heartbeatStatus', 'lineage', 'probes', 'search'];
/** Root fields that are the same at every moment. */
export const timelessFields: readonly string[] = ['gpuCatalogue', 'metric', 'metrics'];

/**
 * A query as of a moment: every root field that has a past is given it as an argument, so that no page has to. What is known of now
 * only is a second question; their answers have no key in common. As of now the query stays as it is.
 */
export function toQuestions({ query, variables }: Question, moment: Moment): readonly Question[] {
  if (isNow(moment)) return [{ query, variables }];
  const document = parse(query);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) return [{ query, variables }];
  const roots = operation.selectionSet.selections;
  const present = roots.filter((root) => isIn(presentFields, root));
  const past = roots.filter((root) => !isIn(presentFields, root)).map(withMoment(moment));
  const values = { ...variables, ...(moment.block ? { atBlock: moment.block } : {}) };
  const anchored = past.every((root) => isIn(timelessFields, root)) ? past : [...past, ...toAnchor(moment)];
  return [anchored, present]
    .filter((selections) => selections.length > 0)
    .map((selections) =>
      toQuestion(document, { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } }, values),
    );
}

function isIn(names: readonly string[], node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && names.includes(node.name.value);
}

function withMoment(moment: Moment): (root: SelectionNode) => SelectionNode {
  const added = toArguments(moment);
  return (root) =>
    root.kind !== Kind.FIELD || isIn(timelessFields, root)
      ? root
      : { ...root, arguments: [...(root.arguments ?? []), ...added] };
}

function toArguments({ block, finality }: Moment): readonly ArgumentNode[] {
  return [
    ...(block ? [toArgument('block', { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: 'atBlock' } })] : []),
    ...(finality ? [toArgument('finality', { kind: Kind.ENUM, value: finality })] : []),
  ];
}

function toArgument(name: string, value: ArgumentNode['value']): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value };
}

/** Where several chains are indexed, a height is of the chain that the query names: this names it. */
function toAnchor(moment: Moment): readonly FieldNode[] {
  if (moment.chain === null) return [];
  const chain = toArgument('chain', { kind: Kind.STRING, value: moment.chain });
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  return [
    {
      kind: Kind.FIELD,
      alias: name('anchor'),
      name: name('_meta'),
      arguments: [chain, ...toArguments(moment)],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: name('version') }] },
    },
  ];
}

/** With those fragments and variables alone that it uses: others would be refused. */
function toQuestion(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  values: Question['variables'],
): Question {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const used = { fragments: new Set<FragmentDefinitionNode>(), variables: new Set<string>() };
  const look = (node: SelectionNode | FragmentDefinitionNode) =>
    visit(node, {
      enter(inner) {
        if (inner.kind === Kind.VARIABLE) used.variables.add(inner.name.value);
        const fragment = inner.kind === Kind.FRAGMENT_SPREAD ? fragments.get(inner.name.value) : undefined;
        if (!fragment || used.fragments.has(fragment)) return;
        used.fragments.add(fragment);
        look(fragment);
      },
    });
  for (const selection of operation.selectionSet.selections) look(selection);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.variables.has(variable.name.value),
  );
  if (used.variables.has('atBlock')) variableDefinitions.push(atBlock);
  return {
    query: print({ kind: Kind.DOCUMENT, definitions: [{ ...operation, variableDefinitions }, ...used.fragments] }),
    variables: Object.fromEntries(Object.entries(values).filter(([name]) => used.variables.has(name))),
  };
}

const atBlock = {
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: 'atBlock' } },
  type: parseType('BlockInput'),
} as const;
