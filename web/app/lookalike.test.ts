import { isLookalike } from './lookalike.js';

describe('letters that look like others', () => {
  it.each(['раураl', 'Аurora Compute', 'Ρrovider', 'рау', 'Ꭺurora', 'ｆｕｌｌ', '𝐁𝐨𝐥𝐝', 'good Нode'])(
    'are in %j',
    (name) => {
      expect(isLookalike(name)).toBe(true);
    },
  );

  it.each([
    'Aurora Compute',
    'Провайдер вычислений',
    'Αθήνα Νέφος',
    'Москва GPU',
    '東京',
    'Zürich',
    'naïve ☁ 4090',
    'שלום',
    '',
    'a'.repeat(5_000),
  ])('are not in %j', (name) => {
    expect(isLookalike(name)).toBe(false);
  });
});
