import type { FastifyInstance } from 'fastify';
import { catalogue, findMetric } from '../schema/metrics/catalogue.js';
import { toCatalogueDigest } from '../schema/metrics/toCatalogueDigest.js';
import type { InstancePublicKey } from '../schema/signing/openInstanceKey.js';

/** `/.well-known/computescan.json` (RFC 8615): by which key this instance signs, and how it makes its figures. */
export async function mountWellKnown(
  app: FastifyInstance,
  { version, key }: { readonly version: string; readonly key: InstancePublicKey | undefined },
): Promise<void> {
  const about = {
    software: 'computescan',
    version,
    score: { methodVersion: findMetric('score.reputation')?.methodVersion ?? null },
    catalogue: { metrics: catalogue.length, digest: toCatalogueDigest(catalogue) },
    // Null: this server was started without a place for one, and signs nothing.
    key: key ?? null,
  };
  app.get('/.well-known/computescan.json', async (_request, reply) => {
    return reply.header('cache-control', 'public, max-age=300').header('access-control-allow-origin', '*').send(about);
  });
}
