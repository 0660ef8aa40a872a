import { describe, expect, it } from '@jest/globals';
import { type ListRequest, type ListTable, toListSql } from './toListSql.js';

type Filter = 'id' | 'id_in' | 'owner';
type Order = 'id' | 'price';

const table: ListTable<Filter, Order> = {
  filters: { id: 't.id', id_in: 't.id', owner: 't.owner' },
  orders: { id: { sql: 't.id' }, price: { sql: 'p.price', nullable: true, join: 'join price p on true' } },
  tie: 't.height $direction, t.log_index $direction',
};

const toSql = (request: Partial<ListRequest<Filter, Order>>) => {
  const sql = toListSql(table, { first: 10, skip: 0, orderBy: 'id', orderDirection: 'asc', ...request });
  return { ...sql, tail: sql.tail.trim().replace(/\s+/g, ' ') };
};

describe('toListSql', () => {
  it('numbers the parameters in the order of the text', () => {
    expect(toSql({ where: { id_in: ['A', 'b'], owner: '0xFF' }, skip: 3 })).toEqual({
      join: '',
      tail: 'where t.id = any($1) and t.owner = $2 order by t.id asc, t.height asc, t.log_index asc limit $3 offset $4',
      parameters: [['a', 'b'], '0xff', 10, 3],
    });
  });

  it('sorts unknown values last in both directions and joins what only this order needs', () => {
    for (const orderDirection of ['asc', 'desc'] as const) {
      const { join, tail } = toSql({ orderBy: 'price', orderDirection });
      expect(join).toBe('join price p on true');
      expect(tail).toContain(`order by p.price ${orderDirection} nulls last, t.height ${orderDirection}`);
    }
  });

  it('takes null as "unknown" and undefined as no condition', () => {
    const { tail, parameters } = toSql({ where: { owner: null, id: undefined } });
    expect(tail).toMatch(/^where t.owner is null order by/);
    expect(parameters).toEqual([10, 0]);
    expect(toSql({ where: null }).tail).toMatch(/^order by/);
  });

  it('takes no name that the table does not list', () => {
    const where = { 'id = id or 1': 1 } as ListRequest<Filter, Order>['where'];
    expect(() => toSql({ where })).toThrow('Assertion failed');
  });
});
