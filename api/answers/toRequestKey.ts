import type { FastifyRequest } from 'fastify';
import { EXPORT_HEADER } from '../plugins/exportPlugin.js';

/**
 * All that an answer depends on, besides the data; undefined for what is not worth keeping. Headers by which Apollo tells requests
 * that a page of anybody could make from others are a part of it: what it would refuse finds nothing.
 */
export function toRequestKey({ method, headers, body, query: parameters }: FastifyRequest): string | undefined {
  const asked = (method === 'GET' ? parameters : body) as Readonly<Record<string, unknown>> | null | undefined;
  if (!asked || typeof asked.query !== 'string' || asked.extensions !== undefined) return undefined;
  if (asked.query.length > MAX_CHARACTERS) return undefined;
  const { variables, operationName } = asked;
  const key = JSON.stringify([
    ...[method, headers.accept, headers['content-type'], headers['apollo-require-preflight']],
    ...[headers['x-apollo-operation-name'], headers[EXPORT_HEADER], operationName, variables, asked.query],
  ]);
  return key.length > 2 * MAX_CHARACTERS ? undefined : key;
}

const MAX_CHARACTERS = 8_000;
