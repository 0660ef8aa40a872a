import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import type { Context } from '../createContext.js';
import type { Exports } from '../export/createExports.js';
import { toExportLinks } from '../export/toExportLinks.js';

/** The header by which a request asks for links; a part of what kept answers are known by. */
export const EXPORT_HEADER = 'x-computescan-export';

/**
 * Adds `extensions.exports`, the files of what was asked, where the request wants it: by the header, or by `exports: true` in its own
 * extensions. Others would pay for bytes that nobody reads.
 */
export function exportPlugin(files: Pick<Exports, 'listFiles' | 'metricFiles'>): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      if (!isWanted(request)) return undefined;
      return {
        async willSendResponse({ schema, document, operation, response }) {
          if (!document || !operation || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const question = { schema, document, operation, variables: request.variables ?? {} };
          singleResult.extensions = { ...singleResult.extensions, exports: toExportLinks(question, files) };
        },
      };
    },
  };
}

function isWanted({ http, extensions }: GraphQLRequest): boolean {
  return http?.headers.get(EXPORT_HEADER) === '1' || extensions?.exports === true;
}
