import { GraphQLError, getVariableValues, type OperationDefinitionNode, type VariableDefinitionNode } from 'graphql';
import { type ArgumentCheck, createArgumentCheck } from './createArgumentCheck.js';
import { type Counter, createCounter, type Operation, type Values } from './createCounter.js';
import { nodes, points } from './formulas.js';
import { measureShape, type Shape } from './measureShape.js';

export interface Question extends Operation {
  /** As they came. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Cost {
  /** Objects that the answer may hold. */
  readonly nodes: number;
  /** Statements, one for each list, and what questions about the schema cost. */
  readonly points: number;
  /** What is paid before it runs: a tenth of the nodes, and the points; at least 1. */
  readonly requested: number;
}

interface Measure {
  readonly shape: Shape;
  readonly nodes: Counter;
  readonly points: Counter;
  readonly checkArguments: ArgumentCheck;
  /** Of the variables that the cost depends on; to coerce all of them takes longer than everything else here. */
  readonly definitions: readonly VariableDefinitionNode[];
  /** Of a question that no variable changes. */
  fixed?: Cost;
}

export function measureOperation(question: Question): Shape {
  return getMeasure(question).shape;
}

/**
 * Needs a question whose shape is within its limits. An argument that does not fit throws: what it asks for is not known.
 */
export function measureCost(question: Question): Cost {
  const measure = getMeasure(question);
  check(measure, question);
  if (measure.definitions.length === 0) {
    measure.fixed ??= count(measure, {});
    return measure.fixed;
  }
  const { coerced } = getVariableValues(question.schema, measure.definitions, { ...question.variables });
  // The execution refuses these before it asks for any row, in its own words.
  return coerced ? count(measure, coerced) : toCost(0, 0);
}

export function toCost(nodeCount: number, pointCount: number): Cost {
  return { nodes: nodeCount, points: pointCount, requested: toPrice(nodeCount, pointCount) };
}

/** contracts.md, query budgets. */
export function toPrice(nodeCount: number, pointCount: number): number {
  return Math.max(1, Math.ceil(nodeCount / 10) + pointCount);
}

/** As long as Apollo keeps the documents, whose store is bounded. */
const measures = new WeakMap<OperationDefinitionNode, Measure>();

function getMeasure(question: Question): Measure {
  const known = measures.get(question.operation);
  if (known) return known;
  const nodeCounter = createCounter(question, nodes);
  const pointCounter = createCounter(question, points);
  const made: Measure = {
    shape: measureShape(question.document, question.operation),
    nodes: nodeCounter,
    points: pointCounter,
    checkArguments: createArgumentCheck(question),
    definitions: (question.operation.variableDefinitions ?? []).filter(
      ({ variable: { name } }) => nodeCounter.variables.has(name.value) || pointCounter.variables.has(name.value),
    ),
  };
  measures.set(question.operation, made);
  return made;
}

function count(measure: Measure, variables: Values): Cost {
  return toCost(measure.nodes.count(variables), measure.points.count(variables));
}

function check({ checkArguments }: Measure, { variables }: Question): void {
  try {
    checkArguments(variables);
  } catch (thrown) {
    if (!(thrown instanceof GraphQLError)) throw thrown;
    const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
    throw new GraphQLError(thrown.message, { nodes: thrown.nodes, extensions });
  }
}
