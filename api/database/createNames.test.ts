import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createNames } from './createNames.js';

describe('names of statements', () => {
  it('are given to what comes again, the same on every connection, and never to two texts', () => {
    const names = createNames();
    const [one, other] = [new pg.Client(), new pg.Client()];
    expect([names.find(one, 'a'), names.find(one, 'b')]).toEqual([undefined, undefined]);
    const name = names.find(other, 'a');
    expect(name).toBeDefined();
    expect(names.find(one, 'a')).toBe(name);
    expect(names.find(one, 'b')).not.toBe(name);
    expect(names.find(one, 'b')).toBeDefined();
  });

  it('are not given to texts that nobody asks for twice as long', () => {
    const names = createNames();
    const client = new pg.Client();
    const text = 'x'.repeat(20_000);
    expect([names.find(client, text), names.find(client, text)]).toEqual([undefined, undefined]);
  });

  it('are forgotten with what was not seen for long, and not given to another text then', () => {
    const names = createNames({ seen: 4 });
    const client = new pg.Client();
    names.find(client, 'a');
    const name = names.find(client, 'a');
    const given = new Set([name]);
    for (let at = 0; at < 20; at++) {
      names.find(client, `text ${at}`);
      given.add(names.find(client, `text ${at}`));
    }
    expect(given.size).toBe(21);
    expect(names.find(client, 'a')).toBeUndefined();
    expect(given).not.toContain(names.find(client, 'a'));
  });

  it('fill a connection, and no other', () => {
    const names = createNames({ kept: 2 });
    const [one, other] = [new pg.Client(), new pg.Client()];
    for (const text of ['a', 'a', 'a', 'b']) names.find(one, text);
    expect(names.isFull(one)).toBe(false);
    names.find(one, 'b');
    expect([names.isFull(one), names.isFull(other)]).toEqual([true, false]);
  });
});
