import Fastify, { type FastifyInstance } from 'fastify';
import { type GraphQLField, type GraphQLObjectType, getNamedType } from 'graphql';
import { catalogue } from '../../schema/metrics/catalogue.js';
import { findBuildDir } from '../../web/server/config.js';
import { mountWeb } from '../../web/server/mountWeb.js';
import { type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, id, jobRow, nodeRow, providerRow, type Seed } from './seed.js';
import { toSelections } from './toSelection.js';

/** What arithmetic on nothing would look like. */
const BROKEN = /\b(NaN|-?Infinity|undefined)\b|\[object /;

const worlds: Readonly<Record<string, Seed>> = {
  'an empty database': {},
  'networks of which nothing is indexed': emptyNetworks,
  'a provider, a node and a job without any record, figure or score': {
    ...emptyNetworks,
    provider: [providerRow('bare')],
    node: [nodeRow('machine', { provider_id: id('bare') })],
    job: [jobRow('waiting')],
  },
};

/** Values for arguments that a question must have. */
const given: Readonly<Record<string, string>> = {
  id: JSON.stringify(id('bare')),
  provider: JSON.stringify(id('bare')),
  subject: JSON.stringify(devnet.network),
  metric: '"jobs.success"',
  from: '"2026-01-01T00:00:00Z"',
  to: '"2026-01-08T00:00:00Z"',
  workload: '{}',
  bucket: '"2026-01-01T00:00:00Z"',
  text: '"bare"',
  ids: JSON.stringify([id('bare')]),
};

describe.each(Object.entries(worlds))('%s', (_, rows) => {
  let open: OpenApi;
  let app: FastifyInstance;
  let origin: string;

  beforeAll(async () => {
    open = await openApi(rows, async () => {
      throw new Error('Expected no question about a score, for there is none.');
    });
    app = Fastify({ forceCloseConnections: true });
    await mountWeb(app, { buildDir: findBuildDir(), query: open.api.execute });
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  });

  afterAll(async () => {
    await app.close();
    await open.close();
  });

  it('fault 45: is answered by every question there is, and none of it is a NaN', async () => {
    const roots = Object.values((open.api.schema.getQueryType() as GraphQLObjectType).getFields());
    expect(roots.length).toBeGreaterThan(15);
    for (const root of roots) {
      // Of nobody there is nothing to compare, which is an error.
      if (root.name === 'compare' && rows.provider === undefined) continue;
      for (const selection of toSelections(getNamedType(root.type), 3)) {
        const answer = await open.read(`{ ${root.name}${toArguments(root)} ${selection} }`);
        expect([root.name, JSON.stringify(answer).match(BROKEN)]).toEqual([root.name, null]);
      }
    }
  });

  it('fault 45: is shown by every page, and none of them says NaN', async () => {
    const isBare = rows.provider !== undefined;
    // Every figure where there is somebody to have it; elsewhere one of each kind.
    const kinds = new Map(catalogue.map((metric) => [`${metric.unit} ${metric.grains} ${metric.value}`, metric]));
    const shown = isBare ? catalogue : [...kinds.values()];
    const subject = `?subject=${encodeURIComponent(id('bare'))}`;
    const things = [
      `/nodes/${encodeURIComponent(id('machine'))}`,
      `/providers/${encodeURIComponent(id('bare'))}`,
      `/jobs/${encodeURIComponent(id('waiting'))}`,
    ];
    const paths: readonly (readonly [string, number])[] = [
      ...['/', '/providers', '/jobs', '/metrics', '/status'].map((path) => [path, 200] as const),
      ...['/supply', '/prices', '/reliability', '/economy', '/mechanisms'].map((path) => [path, 200] as const),
      ...things.map((path) => [path, isBare ? 200 : 404] as const),
      [`/networks/${devnet.network}`, rows.network ? 200 : 404],
      ...shown.map((metric) => [`/metrics/${metric.id}${isBare ? subject : ''}`, 200] as const),
    ];
    for (const [path, expected] of paths) {
      const answer = await fetch(origin + path);
      expect([path, answer.status]).toEqual([path, expected]);
      expect([path, toShown(await answer.text()).match(BROKEN)]).toEqual([path, null]);
    }
  }, 120_000);
});

function toArguments(field: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>): string {
  const values = field.args.flatMap(({ name, defaultValue }) => {
    if (name === 'first') return ['first: 3'];
    const isNetwork = field.name === 'network' && name === 'id';
    const isOf = ['askBook', 'mechanisms', 'unservedDemand'].includes(field.name) && name === 'network';
    const value = isNetwork || isOf ? JSON.stringify(devnet.network) : given[name];
    return value === undefined || defaultValue !== undefined ? [] : [`${name}: ${value}`];
  });
  return values.length > 0 ? `(${values.join(', ')})` : '';
}

/** What people see and hear: the text, and the attributes, without the scripts. */
function toShown(html: string): string {
  return html.replace(/<script[\s\S]*?<\/script>/g, '');
}
