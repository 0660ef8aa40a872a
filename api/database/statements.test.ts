import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { RetryableError } from '../../schema/lib/errors.js';
import { QueryTimeout } from './QueryTimeout.js';
import { isLost, toStatementError } from './statements.js';

const fail = (code: string) => Object.assign(new pg.DatabaseError('no', 2, 'error'), { code });

describe('a statement that failed', () => {
  it.each(['08006', '57P01', '25P03', '40001'])('by %s is tried again on another connection', (code) => {
    expect(isLost(fail(code))).toBe(true);
    expect(toStatementError(fail(code), 'select')).toBeInstanceOf(RetryableError);
  });

  it('by its limit or its text costs no connection', () => {
    expect(isLost(fail('57014'))).toBe(false);
    expect(toStatementError(fail('57014'), 'select')).toBeInstanceOf(QueryTimeout);
    const wrong = fail('42601');
    expect(isLost(wrong)).toBe(false);
    expect(toStatementError(wrong, 'select')).toBe(wrong);
  });
});
