import type { AppLoadContext } from '@remix-run/node';
import type { TadaDocumentNode } from 'gql.tada';
import { toText } from './graphql.js';

/**
 * One typed question to the API. Throws a Response that the error page understands: 400 when the question was out of
 * range, 503 when there is no answer. The reason goes to the server's log, never to the page.
 */
export async function ask<Result, Variables extends Record<string, unknown>>(
  context: AppLoadContext,
  document: TadaDocumentNode<Result, Variables>,
  variables?: Variables,
): Promise<Result> {
  const result = await context.query(toText(document), variables).catch((error: unknown) => {
    context.report(error);
    throw unavailable();
  });
  if (!result.errors?.length && result.data) return result.data as Result;
  if (result.errors?.some((error) => error.extensions?.code === 'BAD_USER_INPUT')) {
    throw new Response(null, { status: 400 });
  }
  context.report(new Error(result.errors?.map((error) => error.message).join('; ') ?? 'the API answered without data'));
  throw unavailable();
}

function unavailable(): Response {
  return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
}
