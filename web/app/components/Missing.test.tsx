import { renderToStaticMarkup } from 'react-dom/server';
import { german } from '../i18n/de/index.js';
import { addCatalogue, type Language, languages } from '../i18n/text.js';
import { TextProvider } from '../i18n/useText.js';
import { Amount } from './Amount.js';
import { Missing, NoValue } from './Missing.js';

addCatalogue('de', german);

const token = { symbol: 'RLC', decimals: 9 };
const capabilities = [
  { name: 'stake', recorded: true, reason: null },
  { name: 'price', recorded: false, reason: 'It is agreed off chain.' },
];

function toWords(language: Language): readonly string[] {
  const values = [
    <Missing key="unknown" capabilities={capabilities} capability="stake" />,
    <Amount key="zero" baseUnits="0" token={token} />,
    <NoValue key="unavailable" kind="unavailable" />,
    <Missing key="none" capabilities={capabilities} capability="price" />,
  ];
  return values.map((value) =>
    renderToStaticMarkup(<TextProvider language={language}>{value}</TextProvider>).replace(/<[^>]*>/g, ''),
  );
}

describe('no value', () => {
  it.each(languages)('is said in four different words (%s)', (language) => {
    expect(new Set(toWords(language)).size).toBe(4);
  });

  it('is unknown, zero, unavailable or not recorded', () => {
    expect(toWords('en')).toEqual(['—unknown: No evidence yet', '0 RLC', 'unavailable', 'not recorded']);
  });

  it('says why', () => {
    expect(renderToStaticMarkup(<Missing capabilities={capabilities} capability="price" />)).toContain(
      'title="Not recorded by this protocol: It is agreed off chain."',
    );
    expect(renderToStaticMarkup(<NoValue reason="Never heard" />)).toContain('title="Never heard"');
  });
});
