import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { HostileRequest } from './HostileRequest.js';

const plain = JSON.stringify({ query: '{ __typename }' });
const query = encodeURIComponent('{ __typename }');
const allowed = { 'apollo-require-preflight': '1' };
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });

/** Requests that are no question at all. */
export const bodies: readonly HostileRequest[] = [
  ...[
    ...[
      '',
      '{',
      '[',
      'null',
      'true',
      '1',
      '"{ __typename }"',
      '[]',
      '{}',
      '{"query":null}',
      '{"query":1}',
      '{"query":[]}',
    ],
    ...[
      '{"query":{}}',
      '{"qeury":"{ __typename }"}',
      '{"query":"{ __typename }"',
      '{"query":"{ __typename }",}',
      "{'query':1}",
    ],
    ...['{"__proto__":{"query":"{ __typename }"}}', '{"query":{"kind":"Document"}}', '\ufeff{}', 'query={__typename}'],
  ].map((body) => ({ title: `body: ${body}`, body })),
  ...[1, 10, 1_000].map((count) => ({
    title: `batch: ${count}`,
    body: JSON.stringify(Array(count).fill(JSON.parse(plain))),
  })),
  ...[1_000, 50_000, 102_000].flatMap((depth) => [
    { title: `body: ${depth} brackets`, body: '['.repeat(depth) },
    { title: `body: ${depth / 2} lists in each other`, body: '['.repeat(depth / 2) + ']'.repeat(depth / 2) },
  ]),
  { title: 'body: 5 MB of brackets', body: '['.repeat(5_000_000) },
  { title: 'body: 17,000 objects in each other', body: '{"a":'.repeat(17_000) },
  { title: 'body: no UTF-8', body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  { title: 'body: zeros', body: new Uint8Array(1_000) },
  ...['text', 1, [], null].map((variables) => ({
    title: `variables: ${JSON.stringify(variables)}`,
    body: JSON.stringify({ query: 'query ($n: Int!) { jobs(first: $n) { id } }', variables }),
  })),
  ...['text', 1, []].map((extensions) => ({
    title: `extensions: ${JSON.stringify(extensions)}`,
    body: JSON.stringify({ query: '{ __typename }', extensions }),
  })),
  ...[1, {}, []].map((operationName) => ({
    title: `operationName: ${JSON.stringify(operationName)}`,
    body: JSON.stringify({ query: '{ __typename }', operationName }),
  })),
  {
    title: 'persisted: of another text',
    body: JSON.stringify({ query: '{ __typename }', extensions: persisted('0'.repeat(64)) }),
  },
  { title: 'persisted: another version', body: JSON.stringify({ extensions: persisted('0'.repeat(64), 2) }) },
  {
    title: 'persisted: a text that is refused',
    body: JSON.stringify({ query: '{ nope }', extensions: persisted(sha256('{ nope }')) }),
  },
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
    'application/xml',
    'application/graphql',
  ].map((type) => ({ title: `type: ${type}`, headers: { 'content-type': type }, body: plain })),
  {
    title: 'type: JSON that says it is compressed',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: plain,
  },
  ...[1, 100].map((megabytes) => ({
    title: `type: ${megabytes} MB of JSON, compressed`,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: new Uint8Array(gzipSync(Buffer.alloc(megabytes * 2 ** 20, ' '))),
  })),
  { title: 'answer: as a picture', headers: { 'content-type': 'application/json', accept: 'image/png' }, body: plain },
  { title: 'GET: a page of anybody', method: 'GET', path: `/graphql?query=${query}`, headers: {} },
  {
    title: 'GET: a form of anybody',
    method: 'GET',
    path: `/graphql?query=${query}`,
    headers: { 'content-type': 'text/plain' },
  },
  { title: 'GET: two queries', method: 'GET', path: `/graphql?query=${query}&query=${query}`, headers: allowed },
  {
    title: 'GET: variables that are no JSON',
    method: 'GET',
    path: `/graphql?query=${query}&variables=x`,
    headers: allowed,
  },
  {
    title: 'GET: variables that are a list',
    method: 'GET',
    path: `/graphql?query=${query}&variables=[]`,
    headers: allowed,
  },
  { title: 'GET: extensions that are no JSON', method: 'GET', path: '/graphql?extensions={', headers: allowed },
  { title: 'GET: half a character', method: 'GET', path: '/graphql?query=%ff%fe', headers: allowed },
  {
    title: 'GET: a mutation',
    method: 'GET',
    path: `/graphql?query=${encodeURIComponent('mutation { a }')}`,
    headers: allowed,
  },
  { title: 'GET: 15,001 characters', method: 'GET', path: `/graphql?query=${'x'.repeat(15_001)}`, headers: allowed },
  {
    title: 'GET: 60,000 characters',
    method: 'GET',
    path: `/graphql?query=${'x'.repeat(60_000)}`,
    headers: {},
    status: 431,
  },
];

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
