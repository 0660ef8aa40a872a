import { buildSchema, type GraphQLSchema, getOperationAST, parse } from 'graphql';
import { createCounter, type Formula, type Values } from './createCounter.js';
import { nodes, points } from './formulas.js';

function count(schema: GraphQLSchema, formula: Formula, query: string, variables: Values = {}): number {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('Expected one operation.');
  return createCounter({ schema, document, operation }, formula).count(variables);
}

/** Somebody else's schema and formulas, by which the walker is checked: a page of `first` at each connection. */
const theirs = buildSchema(`
  type Query { viewer: Viewer }
  type Viewer {
    repositories(first: Int): Repositories
    followers(first: Int): Users
  }
  type Repositories { edges: [RepositoryEdge] }
  type RepositoryEdge { node: Repository }
  type Repository { name: String issues(first: Int): Issues pullRequests(first: Int): Issues }
  type Issues { edges: [IssueEdge] }
  type IssueEdge { node: Issue }
  type Issue { labels(first: Int): Users comments(first: Int): Users }
  type Users { edges: [UserEdge] }
  type UserEdge { node: User }
  type User { login: String }
`);
const pages = (at: (first: number) => { base: number; own: number }): Formula => ({
  lengthArguments: ['first'],
  weigh: (_field, _parent, { first }) =>
    typeof first === 'number' ? { times: first, ...at(first) } : { base: 0, times: 1, own: 0 },
});
const theirNodes = pages(() => ({ base: 0, own: 1 }));
const theirRequests = pages(() => ({ base: 1, own: 0 }));

const list = (name: string, first: string | number, inner = 'login') =>
  `${name}(first: ${first}) { edges { node { ${inner} } } }`;
const viewer = (inner: string) => `{ viewer { ${inner} } }`;

describe('oracle API-01', () => {
  it('counts the nodes of 50 repositories with 10 issues each', () => {
    const query = viewer(list('repositories', 50, list('issues', 10, '__typename')));
    expect(count(theirs, theirNodes, query)).toBe(550);
  });

  it('counts the nodes of pages beside and below each other', () => {
    const commented = (name: string) => list(name, 20, list('comments', 10));
    const repositories = list('repositories', 50, `${commented('pullRequests')} ${commented('issues')}`);
    expect(count(theirs, theirNodes, viewer(`${repositories} ${list('followers', 10)}`))).toBe(22_060);
  });

  it('counts requests and points by the products of the parents', () => {
    const query = viewer(list('repositories', 100, list('issues', 50, list('labels', 60))));
    const requests = count(theirs, theirRequests, query);
    expect([requests, Math.round(requests / 100)]).toEqual([5_101, 51]);
  });

  it('counts variables and fragments as what they stand for', () => {
    const query = `query ($n: Int, $m: Int) { viewer { ...top } }
      fragment top on Viewer { ${list('repositories', '$n', '...inner')} }
      fragment inner on Repository { ${list('issues', '$m', '__typename')} }`;
    expect(count(theirs, theirNodes, query, { n: 50, m: 10 })).toBe(550);
    expect(count(theirs, theirNodes, query, { n: 5, m: 10 })).toBe(55);
  });
});

const schema = buildSchema(`
  type Query { jobs(first: Int = 100): [Job!]! job: Job jobsConnection(first: Int, last: Int): JobConnection! }
  type Job { id: ID! provider: Provider terms: [Term!]! tags: [String!]! jobs(first: Int = 100): [Job!]! }
  type Provider { id: ID! jobs(first: Int = 100): [Job!]! series(last: Int! = 30): Series }
  type Term { name: String }
  type Series { points: [Term!]! }
  type JobConnection { totalCount: Int edges: [JobEdge!]! nodes: [Job!]! pageInfo: PageInfo! }
  type JobEdge { cursor: String node: Job! }
  type PageInfo { endCursor: String }
`);

describe('the formula', () => {
  it.each([
    ['{ job { id } }', 1, 0],
    ['{ jobs { id tags } }', 100, 1],
    ['{ jobs(first: 3) { provider { id } } }', 6, 1],
    ['{ jobs(first: 3) { terms { name } } }', 63, 2],
    ['{ jobs(first: 3) { jobs(first: 4) { id } } }', 15, 2],
    ['{ jobsConnection { nodes { id } pageInfo { endCursor } totalCount } }', 100, 1],
    ['{ jobsConnection(last: 7) { edges { cursor node { provider { id } } } } }', 21, 1],
    ['{ jobsConnection(first: 7) { totalCount } }', 7, 1],
    ['{ job { provider { series(last: 12) { points { name } } } } }', 35, 1],
    ['{ __schema { types { name } } }', 0, 100],
    ['{ __typename a: __type(name: "Job") { name } jobs(first: 1) { __typename } }', 1, 101],
    ['{ jobs(first: 5) @skip(if: true) { id } job @include(if: false) { id } }', 0, 0],
  ])('%s counts %i nodes and %i points', (query, nodeCount, pointCount) => {
    expect([count(schema, nodes, query), count(schema, points, query)]).toEqual([nodeCount, pointCount]);
  });

  it('takes what variables and their absence say', () => {
    const query = 'query ($n: Int, $in: Boolean!) { jobs(first: $n) { id provider @include(if: $in) { id } } }';
    expect(count(schema, nodes, query, { n: 5, in: true })).toBe(10);
    expect(count(schema, nodes, query, { n: 5, in: false })).toBe(5);
    expect(count(schema, nodes, query, { in: false })).toBe(100);
  });

  it('is through with 2^20 fragments within the time of a test, which without its memory takes minutes', () => {
    const doubled = Array.from({ length: 20 }, (_, at) => `fragment d${at} on Job { ...d${at + 1} ...d${at + 1} }`);
    const text = `query ($n: Int) { jobs(first: $n) { ...d0 } } ${doubled.join(' ')}
      fragment d20 on Job { jobs(first: $n) { id } }`;
    expect(count(schema, nodes, text, { n: 1 })).toBe(1 + 2 ** 20);
    expect(count(schema, points, text)).toBe(1 + 2 ** 20);
  });
});
