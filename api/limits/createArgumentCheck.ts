import {
  type ASTNode,
  type DirectiveNode,
  type FieldNode,
  type GraphQLDirective,
  type GraphQLField,
  getArgumentValues,
  getDirectiveValues,
  getVariableValues,
  Kind,
  type SelectionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Operation, Values } from './createCounter.js';

/** Takes variables as they came. */
export type ArgumentCheck = (variables: Values) => void;

/**
 * Throws what GraphQL says of an argument that may not be null and is, by a variable: that is found out only as the field
 * runs, among others that already have.
 */
export function createArgumentCheck({ schema, document, operation }: Operation): ArgumentCheck {
  const nullable = new Set(
    (operation.variableDefinitions ?? []).flatMap(({ type, variable }) =>
      type.kind === Kind.NON_NULL_TYPE ? [] : [variable.name.value],
    ),
  );
  if (nullable.size === 0) return () => undefined;
  const checks: { readonly names: readonly string[]; readonly read: (variables: Values) => unknown }[] = [];
  const types = new TypeInfo(schema);
  const add = (values: readonly ValueNode[], read: (variables: Values) => unknown) => {
    const names = values.flatMap(listVariables).filter((name) => nullable.has(name));
    if (names.length > 0) checks.push({ names, read });
  };
  const addField = (node: FieldNode) => {
    const field = types.getFieldDef() as GraphQLField<unknown, unknown> | undefined;
    if (field) add(toValues(node), (variables) => getArgumentValues(field, node, variables));
  };
  const addDirectives = (node: SelectionNode) => {
    for (const directive of node.directives ?? []) {
      const known = schema.getDirective(directive.name.value) as GraphQLDirective | undefined;
      if (known) add(toValues(directive), (variables) => getDirectiveValues(known, node, variables));
    }
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      enter(node) {
        // What other operations of the document ask does not count.
        if (node.kind === Kind.OPERATION_DEFINITION) return node === operation ? undefined : false;
        if (node.kind === Kind.FIELD) addField(node);
        if (isSelection(node)) addDirectives(node);
        return undefined;
      },
    }),
  );
  return (variables) => {
    const due = checks.filter(({ names }) => names.some((name) => (variables[name] ?? null) === null));
    if (due.length === 0) return;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
    // What does not fit its own definition is said by the execution, before anything runs.
    for (const { read } of coerced ? due : []) read(coerced as Values);
  };
}

function isSelection(node: ASTNode): node is SelectionNode {
  return node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT || node.kind === Kind.FRAGMENT_SPREAD;
}

function toValues({ arguments: args = [] }: FieldNode | DirectiveNode): readonly ValueNode[] {
  return args.map(({ value }) => value);
}

function listVariables(value: ValueNode): readonly string[] {
  const names: string[] = [];
  visit(value, {
    enter(node) {
      if (node.kind === Kind.VARIABLE) names.push(node.name.value);
    },
  });
  return names;
}
