import {
  GraphQLEnumType,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInputObjectType,
  GraphQLObjectType,
  GraphQLSchema,
} from 'graphql';
import { assert } from '../../schema/lib/assert.js';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../scalars.js';

const BlockInput = new GraphQLInputObjectType({
  name: 'BlockInput',
  description:
    'A moment of the past; one of the four. A number or a hash is of one chain: where several are indexed, the query names a network ' +
    'or a chain, and the others are taken as of the time of that block.',
  fields: {
    number: {
      type: BigIntScalar,
      description:
        'As of the block of this height, which must be indexed. Deadlines are judged by the time of the last block up to it that bears ' +
        'facts: of others no time is kept.',
    },
    hash: { type: BytesScalar, description: 'As of the block of this hash: an error where the chain has replaced it.' },
    number_gte: {
      type: BigIntScalar,
      description: 'As of the newest block, which must be of this height or higher: nothing is waited for.',
    },
    timestamp: {
      type: TimestampScalar,
      description: 'As of the last block of each chain at or before this time, by which deadlines are judged.',
    },
  },
});

const Finality = new GraphQLEnumType({
  name: 'Finality',
  description: 'How sure it must be that a block stays. Recorded histories stay as they are.',
  values: {
    LATEST: { description: 'Blocks that may still be replaced, too.' },
    SAFE: {
      description: 'Up to the last block that the source of the chain calls safe; nothing where it calls none so.',
    },
    FINALIZED: { description: 'Up to the last block that can no longer be replaced; nothing where none is known.' },
  },
});

export type FinalityName = 'LATEST' | 'SAFE' | 'FINALIZED';

export const pointArguments: GraphQLFieldConfigArgumentMap = {
  block: {
    type: BlockInput,
    description:
      'As of when; now, if it is left out. All root fields of a query are of one moment, so they say the same.',
  },
  finality: { type: Finality, defaultValue: 'LATEST', description: 'How sure it must be that the blocks stay.' },
};

/** What is the same at every moment: these may stand beside any other field. */
export const timelessFields: ReadonlySet<string> = new Set(['gpuCatalogue', 'metric', 'metrics']);

/** What is known as it stands now, and of no other moment. */
export const presentFields: ReadonlySet<string> = new Set(['heartbeatStatus', 'lineage', 'probes', 'search']);

/** Gives every root field that has a past its two arguments. */
export function addPointArguments(schema: GraphQLSchema): GraphQLSchema {
  const query = schema.getQueryType();
  assert(query, 'the schema has a query type');
  const { fields, ...config } = query.toConfig();
  const extended = Object.entries(fields).map(([name, field]) => {
    const hasPast = !timelessFields.has(name) && !presentFields.has(name);
    return [name, hasPast ? { ...field, args: { ...field.args, ...pointArguments } } : field] as const;
  });
  const types = schema.toConfig().types.filter((type) => type !== query);
  return new GraphQLSchema({
    ...schema.toConfig(),
    types,
    query: new GraphQLObjectType({ ...config, fields: Object.fromEntries(extended) }),
  });
}
