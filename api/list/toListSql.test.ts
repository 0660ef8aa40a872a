import { describe, expect, it } from '@jest/globals';
import { bytes, choice, id, place, plain } from './columns.js';
import type { List } from './List.js';
import { type ListRequest, toListSql } from './toListSql.js';
import { assertWhere, type Where } from './toWhere.js';

const text = (sql: string, nullable = false) => ({ sql, type: 'text', nullable });

const thing: List = {
  name: 'Thing',
  field: 'things',
  description: 'Things.',
  type: Object,
  columns: 't.id',
  from: 'from thing t',
  by: {
    id: id(text('t.id'), 'Id'),
    owner: bytes(text('t.owner', true), 'Owner'),
    name: plain(text('t.name', true), 'Name'),
    kind: choice({}, text('t.kind'), 'Kind', { isAnyOf: (list) => `odd(${list})` }),
    price: plain({ sql: 'p.price', type: 'numeric', nullable: true }, 'Price', { join: 'join price p on true' }),
    height: plain({ sql: 't.height', type: 'bigint', nullable: false }, 'Height'),
    hash: plain({ sql: 't.hash', type: 'bytea', nullable: false }, 'Hash'),
    log: place('t', 'part'),
  },
  relations: { maker: { to: 'Maker', meaning: 'Who made it', on: 'm.id = t.maker_id' } },
  order: { by: 'id', direction: 'asc' },
  tie: [
    { sql: 't.height', type: 'bigint', direction: 'same' },
    { sql: 't.log_index', type: 'integer', direction: 'same' },
  ],
};

const maker: List = {
  ...thing,
  name: 'Maker',
  from: 'from maker m',
  by: { id: id(text('m.id'), 'Id') },
  relations: { maker: { to: 'Maker', meaning: 'Itself', on: 'true' } },
};

const lists = new Map([thing, maker].map((list) => [list.name, list]));

const toSql = (request: Partial<ListRequest>) => {
  const whole = { first: 10, skip: 0, orderBy: 'id', orderDirection: 'asc', ...request } as const;
  const { sql, parameters } = toListSql(thing, whole, { lists, special: new Map() });
  return { sql: sql.trim().replace(/\s+/g, ' '), parameters };
};

const toWhere = (where: Where) => {
  const { sql, parameters } = toSql({ where });
  const [, conditions] = /where (.*?) order by/.exec(sql) ?? [];
  return [conditions, ...parameters.slice(0, -2)];
};

describe('toListSql', () => {
  it('numbers the parameters in the order of the text', () => {
    expect(toSql({ where: { id_in: ['A', 'b'], owner: '0xff' }, skip: 3 })).toEqual({
      sql:
        'select t.id from thing t where t.id = any($1::text[]) and t.owner = $2::text ' +
        'order by t.id asc, t.height asc, t.log_index asc limit $3::int4 offset $4::int4',
      parameters: [['a', 'b'], '0xff', 10, 3],
    });
  });

  it('sorts unknown values last in both directions and joins what only this order needs', () => {
    for (const orderDirection of ['asc', 'desc'] as const) {
      const { sql } = toSql({ orderBy: 'price', orderDirection });
      expect(sql).toContain('from thing t join price p on true');
      expect(sql).toContain(`order by p.price ${orderDirection} nulls last, t.height ${orderDirection}`);
    }
  });

  it('takes null as "unknown" and undefined as no condition', () => {
    expect(toWhere({ owner: null, id: undefined })).toEqual(['t.owner is null']);
    expect(toWhere({ owner_not: null })).toEqual(['not (t.owner is null)']);
    expect(toWhere({ id: null })).toEqual(['false']);
    expect(toSql({ where: null }).sql).not.toContain('where');
    expect(() => toWhere({ id_in: null })).toThrow('Expected id_in to be a list, got null: leave it out to take all.');
    expect(() => toWhere({ height_gt: null })).toThrow('Expected height_gt to be a value, got null');
  });

  it.each([
    [{ height_gt: '5' }, 't.height > $1::bigint', '5'],
    [{ height_lte: '9223372036854775808' }, 't.height <= $1::numeric', '9223372036854775808'],
    [{ height_not_in: ['1', '2'] }, 't.height <> all($1::bigint[])', ['1', '2']],
    [{ name_contains: '50%_\\' }, 't.name like $1::text', '%50\\%\\_\\\\%'],
    [{ name_not_ends_with_nocase: 'Gmbh' }, 't.name not ilike $1::text', '%Gmbh'],
    [{ name_starts_with: 'A' }, 't.name like $1::text', 'A%'],
    [{ owner_contains: '0xab' }, '(t.owner ~ $1::text)', '^0x(..)*ab'],
    [{ hash_not_contains: '0xab' }, 'not (position($1::bytea in t.hash) > 0)', Buffer.from('ab', 'hex')],
    [{ kind_not: 'a' }, 'not odd($1::text[])', ['a']],
    [{ kind_in: ['a', 'b'] }, 'odd($1::text[])', ['a', 'b']],
  ])('%j becomes SQL', (where, condition, value) => {
    expect(toWhere(where)).toEqual([condition, value]);
  });

  it('compares ids of the chain by all their numbers, and finds nothing by what is none', () => {
    const row = '(t.chain_id, t.height, t.log_index, t.part)';
    const list = '(select * from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::smallint[]))';
    expect(toWhere({ log: '1-22-3' })).toEqual([`${row} in ${list}`, [1], [22], [3], [0]]);
    expect(toWhere({ log_not_in: ['1-2-3-4', 'x', '1-2'] })).toEqual([`${row} not in ${list}`, [1], [2], [3], [4]]);
    const place = '($1::bigint, $2::bigint, $3::integer, $4::smallint)';
    expect(toWhere({ log_gt: '1-22-3-4' })).toEqual([`(${row} >= ${place} and ${row} <> ${place})`, 1, 22, 3, 4]);
    expect(toWhere({ log_lte: '1-22-3-4' })).toEqual([`${row} <= ${place}`, 1, 22, 3, 4]);
    expect(() => toWhere({ log_gt: 'x' })).toThrow('Expected log_gt to be an id such as "1-2-3-4"');
  });

  it('joins conditions by and, or, and relations', () => {
    expect(toWhere({ or: [{ id: 'a', owner: null }, { and: [{ id: 'b' }] }], height: '1' })).toEqual([
      '((t.id = $1::text and t.owner is null) or ((t.id = $2::text))) and t.height = $3::bigint'.replace(
        '((t.id = $2::text))',
        '(((t.id = $2::text)))',
      ),
      ...['a', 'b', '1'],
    ]);
    expect(toWhere({ or: [] })).toEqual(['false']);
    expect(toWhere({ or: [{}], and: [] })).toEqual(['(true) and true']);
    expect(toWhere({ maker_: { id_not: 'M' } })).toEqual([
      'exists (select 1 from maker m where m.id = t.maker_id and m.id <> $1::text)',
      'm',
    ]);
  });

  it('keeps conditions within bounds', () => {
    const nest = (levels: number): Where => (levels === 0 ? { id: 'a' } : { and: [nest(levels - 1)] });
    expect(toWhere(nest(3))[1]).toBe('a');
    expect(() => toWhere(nest(4))).toThrow('Expected `and` and `or` at most 3 levels deep');
    const many = (count: number) => ({ or: Array.from({ length: count }, () => ({ id: 'a' })) });
    expect(toWhere(many(30))).toHaveLength(31);
    expect(() => toWhere(many(31))).toThrow('Expected a where of at most 30 conditions');
    const empty = (count: number) => ({ or: Array.from({ length: count }, () => ({})) });
    expect(toWhere(empty(30))).toHaveLength(1);
    for (const check of [toWhere, assertWhere]) {
      expect(() => check(empty(1_000))).toThrow('Expected a where of at most 30 conditions');
      expect(() => check({ and: [empty(20), { or: [empty(20)] }, empty(30)] })).toThrow('at most 30 conditions');
    }
    expect(() => toWhere({ maker_: { maker_: { id: 'a' } } })).toThrow('Expected relations one level down');
    expect(() => toWhere({ or: null })).toThrow('Expected or to be a list, got null');
  });

  it('takes no name that the list does not have', () => {
    expect(() => toWhere({ 'id = id or 1': 1 })).toThrow('Assertion failed');
    expect(() => toWhere({ id_contains: 1 })).toThrow('Assertion failed');
    expect(() => toWhere({ other_: {} })).toThrow('Assertion failed');
  });
});
