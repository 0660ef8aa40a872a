/**
 * Lighthouse as on a phone (slow 4G, a processor slowed down four times) over every page of the product: the worst page of each figure,
 * and every page that misses a bar by name. A part of `npm run bench:web`; by itself
 * `node test/bench/web/lighthouse.mjs [--url http://… --api http://…/graphql] [--only provider]` prints every page.
 */
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { median, say, toRow, toTable } from '../run/rows.mjs';

register('../../simulation/typeScriptHooks.mjs', import.meta.url);
const { FLAGS, findBrowserPath } = await import('../../pages/browser.ts');
const { listEveryPage, toAskApi } = await import('../../pages/everyPage.ts');

/** Scores are of 100. */
const figures = [
  { name: 'performance', unit: 'of 100', bar: { min: 95 }, read: toScore('performance') },
  { name: 'accessibility', unit: 'of 100', bar: { min: 100 }, read: toScore('accessibility') },
  { name: 'best practices', unit: 'of 100', bar: { min: 100 }, read: toScore('best-practices') },
  { name: 'SEO', unit: 'of 100', bar: { min: 100 }, read: toScore('seo') },
  { name: 'largest contentful paint', unit: 'ms', bar: { max: 1_500 }, read: toNumber('largest-contentful-paint') },
  { name: 'total blocking time', unit: 'ms', bar: { max: 150 }, read: toNumber('total-blocking-time') },
  { name: 'cumulative layout shift', unit: '', bar: { max: 0.02 }, read: toNumber('cumulative-layout-shift') },
];

function toScore(category) {
  return ({ categories }) => (categories[category]?.score ?? Number.NaN) * 100;
}

function toNumber(audit) {
  return ({ audits }) => audits[audit]?.numericValue ?? Number.NaN;
}

/** Of an instance of its own, unless one is named. */
export async function measureLighthouse({ quick = false, runs = 3, url, api, only = '' } = {}) {
  const { startProduct } = await import('../../product.ts');
  const product = url ? undefined : await startProduct();
  const origin = (url ?? product.url).replace(/\/$/, '');
  const chrome = await launch({ chromePath: await findBrowserPath(), chromeFlags: ['--headless', ...FLAGS] });
  try {
    const every = await listEveryPage(toAskApi(api ?? `${origin}/graphql`));
    // A page that is not there is answered by 404, which search engines are not meant to like.
    const pages = every.filter(({ name }) => name !== 'missing' && name.includes(only));
    const measured = [];
    for (const page of pages)
      measured.push(await measurePage(page, { origin, port: chrome.port, runs: quick ? 1 : runs }));
    return figures.map((figure, index) => toFigureRow(figure, measured, index));
  } finally {
    chrome.kill();
    await product?.stop();
  }
}

async function measurePage({ name, path }, { origin, port, runs }) {
  const results = [];
  for (let run = 0; run < runs; run += 1) {
    const { lhr } = await lighthouse(origin + path, { port, logLevel: 'silent', output: 'json' });
    results.push(lhr);
  }
  const values = figures.map(({ read }) => median(results.map(read)));
  const [last] = results.slice(-1);
  say(
    `${name}: ${figures.map((figure, index) => `${figure.name} ${Number(values[index].toPrecision(4))} ${figure.unit}`).join(', ')}`,
  );
  for (const flaw of listFlaws(last)) say(`  ${flaw}`);
  return { name, values };
}

/** What kept a page from a full score, beyond its speed. */
function listFlaws({ categories, audits }) {
  const refs = ['accessibility', 'best-practices', 'seo'].flatMap((id) => categories[id]?.auditRefs ?? []);
  return refs
    .filter(({ id, weight }) => weight > 0 && audits[id]?.score !== null && audits[id]?.score < 1)
    .map(({ id }) => `${id}: ${JSON.stringify(audits[id].details?.items ?? audits[id].title).slice(0, 600)}`);
}

function toFigureRow({ name, unit, bar }, measured, index) {
  const isHigh = bar.min !== undefined;
  const sorted = measured.toSorted((one, other) => (isHigh ? 1 : -1) * (one.values[index] - other.values[index]));
  const [worst] = sorted;
  const missed = sorted.filter(({ values }) => (isHigh ? values[index] < bar.min : values[index] > bar.max));
  const reason =
    missed.length > 0
      ? `also ${
          missed
            .slice(1, 6)
            .map((one) => one.name)
            .join(', ') || 'no other'
        }`
      : undefined;
  const title = `Lighthouse mobile, ${measured.length} pages: ${name}, the worst page: ${worst?.name ?? 'none'}`;
  return toRow(title, unit, worst?.values[index] ?? Number.NaN, bar, reason);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      api: { type: 'string' },
      only: { type: 'string' },
      runs: { type: 'string', default: '1' },
    },
  });
  const rows = await measureLighthouse({ ...values, runs: Number(values.runs) });
  process.stdout.write(`${toTable(rows)}\n`);
  process.exit(0);
}
