import { describe, expect, it } from '@jest/globals';
import { chooseEndpoint } from './chooseEndpoint.js';

const [fast, middle, slow] = [10, 20, 30].map((expectedMs) => ({ expectedMs }));
const all = [slow, fast, middle].filter((each) => each !== undefined);

describe('the choice among those that are ready', () => {
  it('falls on the best', () => expect(chooseEndpoint(all, () => 0.5)).toBe(fast));

  it('falls on another one time in ten', () => {
    expect(chooseEndpoint(all, () => 0.0999)).toBe(middle);
    const draws = [0.05, 0.9];
    expect(chooseEndpoint(all, () => draws.shift() ?? 0)).toBe(slow);
  });

  it('keeps the order of the configuration among equals', () => {
    const equals = [{ expectedMs: 0 }, { expectedMs: 0 }];
    expect(chooseEndpoint(equals, () => 0.5)).toBe(equals[0]);
  });

  it('is the only one, and draws nothing for it', () => {
    const draw = () => {
      throw new Error('Expected no draw.');
    };
    expect(chooseEndpoint(fast ? [fast] : [], draw)).toBe(fast);
    expect(chooseEndpoint([], draw)).toBeUndefined();
  });
});
