import { type HostileRequest, repeat, toPost } from './HostileRequest.js';

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Arguments and variables that are none, or too many. */
export const values: readonly HostileRequest[] = [
  ...[
    '2147483648',
    '-2147483649',
    '1e3',
    '1.5',
    '-1',
    '0',
    '1001',
    '2147483647',
    '"1"',
    'true',
    'null',
    'NaN',
    '[1]',
    '{}',
    'Infinity',
  ].map((first) => toPost(`first: ${first}`, `{ jobs(first: ${first}) { id } }`)),
  ...[2_147_483_648, -1, 0, 1_001, 1.5, '1', true, null, [1], {}].map((first) =>
    toPost(`first by variable: ${JSON.stringify(first)}`, 'query ($n: Int!) { jobs(first: $n) { id } }', {
      variables: { n: first },
    }),
  ),
  ...['5001', '-1', '1e9'].map((skip) => toPost(`skip: ${skip}`, `{ jobs(skip: ${skip}) { id } }`)),
  ...['first: 1, last: 1', 'last: 0', 'last: 1001', 'first: -5'].map((page) =>
    toPost(`page: ${page}`, `{ jobsConnection(${page}) { nodes { id } } }`),
  ),
  toPost(
    'nodes: a list of lists of lists',
    '{ jobs(first: 1000) { provider { jobs(first: 1000) { provider { jobs(first: 1000) { id } } } } } }',
  ),
  toPost('nodes: by a default', 'query ($n: Int = 1000) { jobs(first: $n) { steps(first: $n) { id } } }'),
  toPost('nodes: of a page', '{ jobsConnection(first: 1000) { edges { node { steps(first: 100) { id } } } } }'),
  toPost('nodes: of ten lists', `{ ${repeat(10, (at) => `l${at}: jobs(first: 1000) { provider { id } }`)} }`),
  ...[
    ...['x', '%', 'null', '{}', '"', '\u0000', 'A'.repeat(10_000), "' or 1=1 --", '../../etc/passwd', '\ud800'],
    ...[cursor({}), cursor([]), cursor(null), cursor(['a', 'b']), cursor({ q: 'x', v: [], c: {} }), cursor([[[[[]]]]])],
  ].map((after) =>
    toPost(
      `cursor: ${JSON.stringify(after.slice(0, 20))}`,
      'query ($after: String) { jobsConnection(after: $after) { nodes { id } } }',
      { variables: { after } },
    ),
  ),
  ...['"x"', '"999999999999999999999"', '"-1"', '{}', '[]', '"1.5"'].map((number) =>
    toPost(
      `block: number ${number}`,
      `{ jobs(block: { number: ${number} }, where: { network: "iexec-devnet" }) { id } }`,
    ),
  ),
  ...['"0x"', '"zz"', `"0x${'f'.repeat(64)}"`, `"0x${'f'.repeat(10_000)}"`, '1'].map((hash) =>
    toPost(
      `block: hash ${hash.slice(0, 8)} of ${hash.length}`,
      `{ jobs(block: { hash: ${hash} }, where: { network: "iexec-devnet" }) { id } }`,
    ),
  ),
  ...['"yesterday"', '"+999999-01-01T00:00:00Z"', '"2026-13-45T99:99:99Z"', '""', '0'].map((time) =>
    toPost(`block: time ${time}`, `{ jobs(block: { timestamp: ${time} }) { id } }`),
  ),
  toPost('block: two at once', '{ jobs(block: { number: "1", timestamp: "2026-01-01T00:00:00Z" }) { id } }'),
  toPost('block: none', '{ jobs(block: {}) { id } }'),
  toPost('block: two moments', '{ jobs(finality: SAFE) { id } tasks { id } }'),
  toPost('block: of no chain', '{ jobs(block: { number: "1" }, where: { network: "nowhere" }) { id } }'),
  toPost('filter: four levels', '{ jobs(where: { and: [{ or: [{ and: [{ or: [{ volume: "1" }] }] }] }] }) { id } }'),
  toPost('filter: 31 conditions', `{ jobs(where: { or: [${repeat(31, (at) => `{ volume: "${at}" }`)}] }) { id } }`),
  ...[100, 150].map((count) =>
    toPost(
      `filter: ${count} conditions`,
      `{ jobs(where: { or: [${repeat(count, () => '{ volume: "1" }')}] }) { id } }`,
    ),
  ),
  ...[10, 30, 100, 3_000, 8_000].map((levels) => ({
    title: `filter: ${levels} levels by variable`,
    body: `{"query":"query ($w: JobWhere) { jobs(where: $w) { id } }","variables":{"w":${deepen(levels)}}}`,
  })),
  ...[40, 100].map((levels) => ({
    title: `filter: ${levels} levels by variable of a GET`,
    method: 'GET' as const,
    path: `/graphql?query=query($w:JobWhere){jobs(where:$w){id}}&variables=${encodeURIComponent(`{"w":${deepen(levels)}}`)}`,
    headers: { 'apollo-require-preflight': '1' },
  })),
  toPost('filter: a column that there is not', '{ jobs(where: { id__proto__: "x" }) { id } }'),
  toPost('filter: a prototype by variable', 'query ($w: JobWhere) { jobs(where: $w) { id } }', {
    variables: JSON.parse('{"w":{"__proto__":{"id":"x"}}}'),
  }),
  toPost('filter: a constructor by variable', 'query ($w: JobWhere) { jobs(where: $w) { id } }', {
    variables: { w: { constructor: 'x' } },
  }),
  toPost('sort: by what there is not', '{ jobs(orderBy: luck) { id } }'),
  toPost('sort: by a statement', '{ jobs(orderBy: "id; drop table job") { id } }'),
  toPost('text: a NUL', 'query ($id: ID!) { job(id: $id) { id } }', { variables: { id: 'a\u0000b' } }),
  toPost('text: 14,990 characters that do not end', `{ job(id: "${'x'.repeat(14_990)}`),
  toPost('text: 20,000 characters', `{ job(id: "${'x'.repeat(20_000)}") { id } }`),
  toPost('text: a block text of 20,000 lines', `{ job(id: """${'\n'.repeat(20_000)}""") { id } }`),
  toPost('text: 14,000 spaces and an error', `${' '.repeat(14_000)}}`),
  toPost('text: 14,000 commas and an error', `${','.repeat(14_000)}}`),
  toPost('text: 7,000 comments and an error', `${'#\n'.repeat(7_000)}}`),
  toPost('text: a number of 14,000 digits', `{ jobs(first: ${'9'.repeat(14_000)}) { id } }`),
  toPost('text: a name of 14,000 characters', `{ ${'n'.repeat(14_000)} }`),
  toPost('text: 1 MB', `{ job(id: "${'x'.repeat(1_000_000)}") { id } }`),
  toPost('text: control characters', '{ jobs\u0001\u0002 { id } }'),
  toPost('text: half a character', '{ jo\ud800bs { id } }'),
  toPost('text: right to left', '{ \u202ejobs { id } }'),
  toPost('text: a name that looks like another', '{ j\u043ebs { id } }'),
  toPost('names: 480 fields that there are not', `{ ${repeat(480, (at) => `f${at}`)} }`),
  toPost('names: 480 that are nearly right', `{ ${repeat(480, (at) => `provider${at}`)} }`),
  toPost('names: 160 arguments that there are not', `{ jobs(${repeat(160, (at) => `a${at}: 1`)}) { id } }`),
  toPost('names: no field of an object', '{ jobs }'),
  toPost('names: a field of a text', '{ jobs { id { id } } }'),
  toPost('variables: 5,000 that nobody asked for', 'query ($n: Int!) { jobs(first: $n) { id } }', {
    variables: Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`v${at}`, at])),
  }),
  toPost('variables: a list of 20,000', 'query ($ids: [ID!]) { jobs(where: { id_in: $ids, volume: "x" }) { id } }', {
    variables: { ids: Array.from({ length: 9_000 }, (_, at) => `i${at}`) },
  }),
];

/** As text: to make it by JSON.stringify overflows the stack. */
function deepen(levels: number): string {
  return `${'{"and":['.repeat(levels)}${']}'.repeat(levels)}`;
}
