/** The bare best stack: Fastify, Apollo without its cache control, no resolver of a field, compiled queries. No limits, no freshness, no tags. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';
import {
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { jitPlugin } from '../../../dist/api/plugins/jitPlugin.js';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../../dist/api/scalars.js';
import { makeRows } from './listQuery.mjs';
import { serveSubject } from './serveSubject.mjs';

const required = (type) => ({ type: new GraphQLNonNull(type) });

const Job = new GraphQLObjectType({
  name: 'Job',
  fields: {
    id: required(GraphQLID),
    nativeId: required(GraphQLString),
    buyer: { type: BytesScalar },
    status: required(GraphQLString),
    volume: required(GraphQLInt),
    tasksCompleted: required(GraphQLInt),
    tasksFailed: required(GraphQLInt),
    createdAt: required(TimestampScalar),
    createdHeight: required(BigIntScalar),
    endedAt: { type: TimestampScalar },
  },
});

const rows = makeRows();
const Query = new GraphQLObjectType({
  name: 'Query',
  fields: {
    jobs: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Job))),
      args: { first: required(GraphQLInt), skip: required(GraphQLInt) },
      resolve: async () => rows,
    },
  },
});

await serveSubject(async () => {
  const schema = new GraphQLSchema({ query: Query });
  const apollo = new ApolloServer({
    schema,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginCacheControlDisabled(), jitPlugin(schema)],
  });
  await apollo.start();
  const app = fastify();
  app.route({ url: '/graphql', method: ['GET', 'POST'], handler: fastifyApolloHandler(apollo) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: app.server.address().port, close: () => app.close() };
});
