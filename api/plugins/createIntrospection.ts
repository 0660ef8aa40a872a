import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  execute,
  type FormattedExecutionResult,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Context } from '../createContext.js';

export interface Introspection {
  readonly plugin: ApolloServerPlugin<Context>;
  /** As JSON, with a line feed at its end; what was asked about the schema is not made into text again. */
  stringify(result: FormattedExecutionResult): string;
}

/**
 * Questions that are about the schema alone, which is the same as long as the process lives: each wording is answered once, which
 * takes more than a tenth of a second for all of it, and kept.
 */
export function createIntrospection(schema: GraphQLSchema): Introspection {
  const answers = new Map<string, object>();
  const texts = new WeakMap<object, string>();
  let length = 0;

  function keep(key: string, data: object): void {
    const text = JSON.stringify(data);
    if (key.length + text.length > MAX_CHARACTERS) return;
    texts.set(data, text);
    answers.set(key, data);
    length += key.length + text.length;
    for (const [oldest, kept] of answers) {
      if (length <= MAX_CHARACTERS) break;
      answers.delete(oldest);
      length -= oldest.length + (texts.get(kept)?.length ?? 0);
    }
  }

  return {
    plugin: {
      async requestDidStart() {
        return {
          async responseForOperation({ source, document, operation, request }) {
            if (!operation || !isIntrospection(operation)) return null;
            const { operationName, variables } = request;
            const key = JSON.stringify([source, operationName, variables]);
            let data = answers.get(key);
            if (!data) {
              const result = await execute({ schema, document, operationName, variableValues: variables });
              // Errors are worded in the ordinary way.
              if (result.errors || !result.data) return null;
              data = result.data;
              keep(key, data);
            }
            return {
              http: { status: undefined, headers: new HeaderMap() },
              body: { kind: 'single', singleResult: { data: data as Record<string, unknown> } },
            };
          },
        };
      },
    },
    stringify(result) {
      const text = result.data && !result.errors ? texts.get(result.data) : undefined;
      if (text === undefined) return `${JSON.stringify(result)}\n`;
      const extensions = result.extensions ? `,"extensions":${JSON.stringify(result.extensions)}` : '';
      return `{"data":${text}${extensions}}\n`;
    },
  };
}

/** As many as the tools in use have wordings, and no more than 32 MB. */
const MAX_CHARACTERS = 16_000_000;

function isIntrospection({ operation, selectionSet: { selections } }: OperationDefinitionNode): boolean {
  const asks = selections.some((one) => one.kind === Kind.FIELD && one.name.value !== '__typename');
  return (
    asks &&
    operation === 'query' &&
    selections.every((one) => one.kind === Kind.FIELD && one.name.value.startsWith('__'))
  );
}
