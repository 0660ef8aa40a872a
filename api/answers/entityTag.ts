import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Bytes that are the same have the same tag, and whoever has them already need not get them again. Compressed ones are other
 * bytes, so that their tag is another one. True: the client has it.
 */
export function tagAnswer(request: FastifyRequest, reply: FastifyReply, body: string): boolean {
  const hash = createHash('sha256').update(body).digest('base64url');
  const suffix = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) ? '-gzip' : '';
  reply.header('etag', `"${hash}${suffix}"`).header('cache-control', 'no-cache');
  return isKnown(request.headers['if-none-match'], hash);
}

function isKnown(header: string | undefined, hash: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.some((tag) => tag === '*' || tag === `"${hash}"` || tag === `"${hash}-gzip"`);
}
