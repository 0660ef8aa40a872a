/**
 * `npm run bench:web [-- --quick] [-- --runs 3] [-- --only list]`: the pages as readers get them, over a market of a thousand providers. What
 * is measured and how is in docs/benchmarks.md.
 */
import { buildWeb } from '../../../cli/prepare/buildWeb.mjs';
import { report } from '../../../cli/prepare.mjs';
import { benchParts } from '../run/benchParts.mjs';

/** Each with its measurement in `file`. */
const parts = [
  { name: 'list', file: './measureList.mjs', measure: 'measureList' },
  { name: 'ranking', file: './measureRanking.mjs', measure: 'measureRanking' },
  { name: 'lighthouse', file: './lighthouse.mjs', measure: 'measureLighthouse' },
];

await benchParts({ bench: 'web', from: import.meta.url, parts, prepare: buildWeb }).catch(report);
