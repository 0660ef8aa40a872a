import { GraphQLError } from 'graphql';
import { countNodes, type Question } from './countNodes.js';
import { measureShape } from './measureShape.js';

/** contracts.md, query budgets. */
const MAX_NODES = 10_000;
const MAX_DEPTH = 10;
const MAX_ALIASES = 15;

/**
 * Refuses a query before it runs when it is too deep, asks too much side by side or could return too many objects, by
 * the `first` of its lists. A list of a list of a list is a few bytes to ask and minutes to answer.
 */
export function assertCost(question: Question): void {
  const { depth, aliases, fields } = measureShape(question.document, question.operation);
  if (depth > MAX_DEPTH) {
    throw refuse(`at most ${MAX_DEPTH} levels deep, got one of ${depth}: ask in several queries`, {
      code: 'QUERY_TOO_DEEP',
      depth,
      limit: MAX_DEPTH,
    });
  }
  if (aliases > MAX_ALIASES) {
    throw refuse(`with at most ${MAX_ALIASES} aliases, got ${aliases}: ask in several queries`, {
      code: 'QUERY_TOO_COSTLY',
      aliases,
      limit: MAX_ALIASES,
    });
  }
  // Fields are counted first: to count nodes is to walk through every one of them.
  const nodes = fields > MAX_NODES ? fields : countNodes(question);
  if (nodes > MAX_NODES) {
    throw refuse(
      `of at most ${MAX_NODES} nodes, got one of up to ${nodes}: ask for fewer with \`first\`, or in several queries`,
      { code: 'QUERY_TOO_COSTLY', nodes, limit: MAX_NODES },
    );
  }
}

function refuse(difference: string, extensions: Readonly<Record<string, unknown>>): GraphQLError {
  return new GraphQLError(`Expected a query ${difference}.`, { extensions: { ...extensions, http: { status: 400 } } });
}
