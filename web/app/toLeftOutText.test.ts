import { describe, expect, it } from '@jest/globals';
import { reasons } from '../../schema/metrics/formulas/rank/reasons.js';
import { german } from './i18n/de/index.js';
import { addCatalogue, toTranslate } from './i18n/text.js';
import { leftOutWords, toLeftOutName, toLeftOutText } from './toLeftOutText.js';

addCatalogue('de', german);
const english = toTranslate('en');
const models = new Map([
  ['nvidia-h100', 'NVIDIA H100'],
  ['nvidia-l4', 'NVIDIA L4'],
]);

describe('why a provider is not ranked, in words', () => {
  it('is said of every reason that the API has, and of no other', () => {
    expect(Object.keys(leftOutWords)).toEqual(Object.keys(reasons));
  });

  it('names what was wanted and what there is', () => {
    const say = (code: string, expected: string | null, got: string | null) =>
      toLeftOutText(english, { code, expected, got }, models);
    expect(say('WRONG_MODEL', 'nvidia-h100', 'nvidia-l4, other')).toBe('No NVIDIA H100; it has NVIDIA L4, other.');
    expect(say('WRONG_MODEL', 'nvidia-h100', null)).toBe('None of its machines has the model you want.');
    expect(say('PRICE_ABOVE', '0.500000000000000000', '1.23456')).toBe(
      'Costs 1.23 USD per GPU-hour; you want 0.5 at most.',
    );
    expect(say('SUCCESS_BELOW', '0.9', '0.812345')).toBe('At least 81.2 % succeed; you want 90.0 %.');
    expect(toLeftOutText(toTranslate('de'), { code: 'OFFLINE', expected: null, got: null }, models)).not.toBe(
      say('OFFLINE', null, null),
    );
  });

  it('shows a hostile region as one clean line', () => {
    const got = `eu\u202e\u0000${'x'.repeat(5_000)}<b>`;
    const text = toLeftOutText(english, { code: 'WRONG_REGION', expected: 'us', got }, models);
    expect(text.length).toBeLessThan(200);
    expect(text).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('shows the code of a reason that it does not know', () => {
    expect(toLeftOutName(english, 'BRAND_NEW')).toBe('BRAND_NEW');
    expect(toLeftOutText(english, { code: 'BRAND_NEW', expected: 'a', got: 'b' }, models)).toBe('BRAND_NEW');
  });
});
