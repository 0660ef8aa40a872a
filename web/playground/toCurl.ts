import { getOperationAST, OperationTypeNode, parse } from 'graphql';

/** What a shell needs to ask the same question: one command, quoted for a POSIX shell. Subscriptions come as server-sent events. */
export function toCurl(request: {
  readonly url: string;
  readonly query: string;
  /** JSON text as the editor holds it; empty for none. */
  readonly variables?: string;
  readonly operationName?: string;
}): string {
  const { url, query, variables, operationName } = request;
  const body = {
    query,
    ...(operationName ? { operationName } : {}),
    ...(variables?.trim() ? { variables: JSON.parse(variables) as unknown } : {}),
  };
  return [
    isSubscription(query, operationName) ? `curl -N ${quote(`${url}/stream`)} \\` : `curl ${quote(url)} \\`,
    "  -H 'content-type: application/json' \\",
    `  --data-binary ${quote(JSON.stringify(body))}`,
  ].join('\n');
}

/** What is no GraphQL is sent as a query, whose answer says what is wrong. */
function isSubscription(query: string, operationName: string | undefined): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    return false;
  }
}

/** Between single quotes a shell takes all as it stands, but for the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
