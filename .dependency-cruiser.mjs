/**
 * The direction of imports (ARCHITECTURE.md): which room may import which, and which library has which home.
 * Tests beside the code are exempt; everything else fails `npm run check`.
 */
const rooms = ['schema', 'indexer', 'api', 'web', 'cli', 'devnet', 'test'];
const ourTests = '\\.test\\.tsx?$|^test/';

/** Rooms besides itself and the allowed ones. */
function mayImportOnly(room, allowed) {
  const others = rooms.filter((other) => other !== room && !allowed.includes(other));
  return {
    name: `${room}-imports-only-${allowed.join('-and-') || 'itself'}`,
    severity: 'error',
    from: { path: `^${room}/`, pathNot: ourTests },
    to: { path: `^(${others.join('|')})/` },
  };
}

/** A library stands only in these folders. */
function livesIn(library, homes) {
  return {
    name: `${library.replaceAll(/\W+/g, '-')}-has-one-home`,
    severity: 'error',
    from: { path: `^(${rooms.join('|')})/`, pathNot: [...homes.map((home) => `^${home}`), ourTests] },
    to: { path: `(^|/)node_modules/${library}/` },
  };
}

function never(name, from, to) {
  return { name, severity: 'error', from: { pathNot: ourTests, ...from }, to };
}

export default {
  forbidden: [
    mayImportOnly('schema', []),
    mayImportOnly('indexer', ['schema']),
    mayImportOnly('api', ['schema']),
    mayImportOnly('devnet', ['schema']),
    mayImportOnly('web', ['schema']),
    never('web-pages-know-the-api-by-types-only', { path: '^web/app/' }, { path: '^(schema|indexer|api|cli|devnet)/' }),
    never('web-server-takes-only-lib', { path: '^web/server/' }, { path: '^schema/', pathNot: '^schema/lib/' }),
    never('nothing-imports-cli', { path: '^(schema|indexer|api|web|devnet)/' }, { path: '^cli/' }),
    never(
      'cli-enters-rooms-by-their-main',
      { path: '^cli/' },
      {
        path: '^(indexer|api|web|devnet)/',
        pathNot: '/(main|config|readVersion|mountWeb)\\.ts$',
      },
    ),
    never(
      'indexer-stages-meet-only-in-sync',
      { path: '^indexer/(source|decode|adapters|writer)/' },
      { path: '^indexer/(source|decode|adapters|writer|sync)/', pathNot: '^indexer/$1/' },
    ),
    never(
      'facts-do-not-wait-for-checks',
      { path: '^indexer/(source|decode|adapters|writer|sync|events|lib)/' },
      { path: '^indexer/conservation/' },
    ),
    never(
      'adapters-do-not-know-each-other',
      { path: '^indexer/adapters/([^/]+)/' },
      { path: '^indexer/adapters/[^/]+/', pathNot: '^indexer/adapters/$1/' },
    ),
    never(
      'facts-know-no-readings',
      { path: '^indexer/(sync|source|decode|adapters|writer|events|lib)/' },
      { path: '^indexer/telemetry/' },
    ),
    // Of the writer it takes how transactions, outages and COPY go, and writes no facts; of the source how a node is asked.
    never(
      'telemetry-writes-readings-only',
      { path: '^indexer/telemetry/' },
      {
        path: '^indexer/(sync|source|decode|adapters|writer)/',
        pathNot: '^indexer/(writer/(transact|outage|CopyBuffer|copyBinary)\\.ts$|source/rpc/)',
      },
    ),
    never(
      'facts-and-readings-know-no-metrics',
      { path: '^indexer/(sync|source|decode|adapters|writer|events|lib|telemetry|conservation)/' },
      { path: '^indexer/metrics/' },
    ),
    // Of the writer the metrics take how transactions, outages and COPY go, and write nothing that cannot be made again.
    never(
      'metrics-derive-only',
      { path: '^indexer/metrics/' },
      {
        path: '^indexer/(sync|source|decode|adapters|writer|telemetry|conservation)/',
        pathNot: '^indexer/writer/(transact|outage|CopyBuffer|copyBinary)\\.ts$',
      },
    ),
    never(
      'events-import-no-stage',
      { path: '^indexer/(events|lib)/' },
      { path: '^indexer/', pathNot: '^indexer/(events|lib)/' },
    ),
    never(
      'queries-know-no-graphql',
      { path: '^api/.*Queries\\.ts$' },
      { path: '(^|/)node_modules/(graphql|type-graphql|@apollo)/' },
    ),
    never('resolvers-know-no-pg', { path: '^api/.*Resolver\\.ts$' }, { path: '(^|/)node_modules/(pg|typeorm)/' }),
    never('components-fetch-nothing', { path: '^web/app/(components|charts)/' }, { path: '^web/app/data/' }),
    livesIn('typeorm', ['schema/']),
    livesIn('viem', [
      'schema/lib/',
      'schema/heartbeat/',
      'indexer/source/',
      'indexer/decode/',
      'indexer/adapters/',
      'devnet/',
    ]),
    livesIn('pg-copy-streams', ['indexer/writer/', 'api/export/session/']),
    livesIn('hyparquet-writer', ['api/export/format/']),
    livesIn('@nats-io', ['indexer/telemetry/bus/', 'api/live/']),
    livesIn('piscina', ['indexer/telemetry/gateway/']),
    livesIn('@stdlib', ['schema/metrics/']),
    livesIn('systeminformation', ['cli/agent/']),
    livesIn('@apollo/server', ['api/']),
    livesIn('type-graphql', ['api/']),
    livesIn('graphql-jit', ['api/']),
    livesIn('dataloader', ['api/loaders/']),
    livesIn('chart\\.js', ['web/app/charts/']),
    livesIn('markdown-it', ['web/server/docs/']),
    livesIn('react', ['web/app/', 'web/playground/']),
    livesIn('graphiql', ['web/playground/']),
    livesIn('@iexec', ['devnet/']),
    livesIn('commander', ['cli/']),
    livesIn('prom-client', ['indexer/monitor/']),
    livesIn('undici', ['indexer/source/rpc/', 'schema/lib/guardedHttp/']),
    {
      // Entities name each other; nothing else may.
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: ['^schema/entities/', ourTests] },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|web/build)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
