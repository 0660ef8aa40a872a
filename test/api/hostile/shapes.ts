import { type HostileRequest, repeat, toPost } from './HostileRequest.js';

/** Documents that are more work than they look like, by how they are built. */
export const shapes: readonly HostileRequest[] = [
  ...[16, 100, 300, 1_000, 4_000].flatMap((count) => [
    toPost(`aliases: ${count} of a root field`, `{ ${repeat(count, (at) => `a${at}: __typename`)} }`),
    toPost(`aliases: ${count} of a list`, `{ ${repeat(count, (at) => `a${at}: jobs(first: 1000) { id }`)} }`),
    toPost(`aliases: ${count} of a plain field`, `{ jobs { ${repeat(count, (at) => `a${at}: id`)} } }`),
  ]),
  toPost('aliases: 10,000', `{ ${repeat(10_000, (at) => `a${at}:__typename`)} }`),
  ...[498, 900, 2_000, 10_000].flatMap((count) => [
    toPost(`repeats: ${count} of a root field`, `{ ${repeat(count, () => '__typename')} }`),
    toPost(`repeats: ${count} of a list`, `{ ${repeat(count, () => 'jobs{id}')} }`),
  ]),
  ...[100, 160, 240].map((count) =>
    toPost(`repeats: ${count} inline fragments of one list`, `{ ${repeat(count, () => '...{jobs{id}}')} }`),
  ),
  ...[11, 20, 50, 100, 160].flatMap((depth) => [
    toPost(`depth: ${depth} of jobs and providers`, nest(depth, '{ jobs(first: 1) ', '{ provider ')),
    toPost(
      `depth: ${depth} inline fragments`,
      `{ jobs { ${repeat(depth, () => '... {')} nope ${'}'.repeat(depth)} } }`,
    ),
  ]),
  toPost('depth: 5,000', `{ ${'jobs { provider { '.repeat(2_500)}id${' } }'.repeat(2_500)} }`),
  toPost('depth: 5,000 without anything at the end', '{ jobs '.repeat(5_000)),
  toPost('depth: 5,000 braces', '{'.repeat(5_000)),
  ...[100, 900, 5_000].flatMap((depth) => [
    toPost(
      `depth: a list of ${depth} lists`,
      `{ jobs(where: { status_in: ${'['.repeat(depth)}${']'.repeat(depth)} }) { id } }`,
    ),
    toPost(
      `depth: ${depth} filters in each other`,
      `{ jobs(where: ${'{ and: ['.repeat(depth)}${'] }'.repeat(depth)}) { id } }`,
    ),
    toPost(
      `depth: a variable of ${depth} lists`,
      `query ($a: ${'['.repeat(depth)}Int${']'.repeat(depth)}) { __typename }`,
    ),
  ]),
  ...[14, 16, 18, 20, 30].flatMap((levels) => [
    toPost(`fragments: 2^${levels} of a field`, double(levels, 'id')),
    toPost(`fragments: 2^${levels} of lists`, double(levels, 'jobs: steps(first: 10) { id }')),
    toPost(`fragments: 2^${levels} of aliases`, double(levels, 'other: id')),
    toPost(`fragments: 2^${levels} of directives`, double(levels, 'id @skip(if: false)')),
  ]),
  ...[1, 2, 3, 50, 120].map((length) =>
    toPost(
      `fragments: a cycle of ${length}`,
      `{ jobs { ...f0 } } ${repeat(length, (at) => `fragment f${at} on Job { id ...f${(at + 1) % length} }`)}`,
    ),
  ),
  ...[10, 100, 190].flatMap((count) => [
    toPost(
      `fragments: ${count} that nobody uses`,
      `{ __typename } ${repeat(count, (at) => `fragment f${at} on Job { id }`)}`,
    ),
    toPost(`fragments: ${count} that there are not`, `{ jobs { ${repeat(count, (at) => `...f${at}`)} } }`),
    toPost(
      `fragments: one spread ${count} times, with a list`,
      `{ jobs { ${repeat(count, () => '...f')} } } fragment f on Job { tasks(first: 1000) { id } }`,
    ),
  ]),
  ...[21, 100, 240, 10_000].flatMap((count) => [
    toPost(`directives: ${count} of one field`, `{ __typename ${repeat(count, () => '@skip(if:false)')} }`),
    toPost(`directives: ${count} that there are not`, `{ __typename ${repeat(count, (at) => `@d${at}`)} }`),
  ]),
  toPost('directives: 160 on fields of their own', `{ jobs { ${repeat(160, () => 'id @include(if: true)')} } }`),
  ...[1, 10, 100, 190].flatMap((count) => [
    toPost(
      `variables: ${count} that there are not`,
      `{ jobs { ${repeat(count, (at) => `a${at}: tasks(first: $v${at}) { id }`)} } }`,
    ),
    toPost(`variables: ${count} that nobody uses`, `query (${repeat(count, (at) => `$v${at}: Int`)}) { __typename }`),
  ]),
  ...[2, 50, 150].map((count) =>
    toPost(
      `operations: ${count}, and none is named`,
      repeat(count, (at) => `query Q${at} { __typename }`),
    ),
  ),
  toPost('operations: one that there is not', 'query A { __typename }', { operationName: 'B' }),
  toPost('operations: a mutation', 'mutation { drop }'),
  toPost('operations: a subscription', 'subscription { nothing }'),
  toPost('operations: definitions of types', 'type A { b: C } extend type Query { d: A }'),
  toPost('operations: none', ''),
  toPost('operations: a comment', '# nothing'),
  toPost('schema: fields of the types of fields', '{ __schema { types { fields { type { fields { name } } } } } }'),
  toPost(
    'schema: values of the types of arguments',
    '{ __schema { types { fields { args { type { enumValues { name } } } } } } }',
  ),
  toPost(
    'schema: fields of the types of inputs',
    '{ __type(name: "Query") { fields { args { type { inputFields { name } } } } } }',
  ),
  toPost('schema: ten times', `{ ${repeat(10, (at) => `s${at}: __schema { types { name fields { name } } }`)} }`),
  toPost('schema: eleven types', `{ ${repeat(11, (at) => `s${at}: __type(name: "Job") { name }`)} }`),
];

function nest(depth: number, ...openers: readonly string[]): string {
  return `${repeat(depth, (at) => openers[at % openers.length] ?? '')}{ id }${' }'.repeat(depth)}`;
}

function double(levels: number, field: string): string {
  const fragments = repeat(levels, (at) => `fragment d${at} on Job { ...d${at + 1} ...d${at + 1} }`);
  return `{ jobs { ...d0 } } ${fragments} fragment d${levels} on Job { ${field} }`;
}
