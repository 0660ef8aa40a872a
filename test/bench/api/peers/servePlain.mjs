/** A plain server: Apollo on Express, a repository of TypeORM, and nothing set that is not set by default. */
import { createServer } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { GraphQLScalarType } from 'graphql';
import { DataSource, EntitySchema } from 'typeorm';
import { serveSubject } from './serveSubject.mjs';

const column = (name, type, more = {}) => ({ name, type, ...more });

const Job = new EntitySchema({
  name: 'Job',
  tableName: 'job',
  columns: {
    id: column('id', 'text', { primary: true }),
    nativeId: column('native_id', 'text'),
    networkId: column('network_id', 'text'),
    providerId: column('provider_id', 'text', { nullable: true }),
    buyer: column('buyer', 'text', { nullable: true }),
    status: column('status', 'text'),
    volume: column('volume', 'integer'),
    tasksCompleted: column('tasks_completed', 'integer'),
    tasksFailed: column('tasks_failed', 'integer'),
    price: column('price', 'numeric', { nullable: true }),
    createdAt: column('time', 'timestamptz'),
    createdHeight: column('height', 'bigint'),
    deadline: column('deadline', 'timestamptz', { nullable: true }),
    endedAt: column('ended_time', 'timestamptz', { nullable: true }),
  },
});

const typeDefs = `
  scalar Time
  type Job {
    id: ID! nativeId: String! networkId: ID! providerId: ID buyer: String status: String! volume: Int!
    tasksCompleted: Int! tasksFailed: Int! price: String createdAt: Time! createdHeight: String! deadline: Time endedAt: Time
  }
  type Query { jobs(first: Int!, skip: Int!): [Job!]! }
`;

await serveSubject(async ({ databaseUrl }) => {
  const source = await new DataSource({ type: 'postgres', url: databaseUrl, entities: [Job] }).initialize();
  const repository = source.getRepository(Job);
  const resolvers = {
    Time: new GraphQLScalarType({ name: 'Time', serialize: (value) => value.toISOString() }),
    Query: {
      jobs: (_, { first, skip }) => repository.find({ take: first, skip, order: { createdAt: 'DESC', id: 'ASC' } }),
    },
  };
  const apollo = new ApolloServer({ typeDefs, resolvers, stopOnTerminationSignals: false });
  await apollo.start();
  const app = express();
  app.use('/graphql', express.json(), expressMiddleware(apollo));
  const server = createServer(app);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    close: async () => {
      server.closeAllConnections();
      await apollo.stop();
      await source.destroy();
    },
  };
});
