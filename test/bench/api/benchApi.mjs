/**
 * `npm run bench:api [-- --quick] [-- --runs 3] [-- --only list]`: the API as users run it, over a million jobs and one table of ten million
 * rows; beside it the servers that people would use instead. What is measured and how is in docs/benchmarks.md.
 */
import { report } from '../../../cli/prepare.mjs';
import { benchParts } from '../run/benchParts.mjs';

/** Each with its measurement in `file`; those of rooms that measure themselves name what they give. */
const parts = [
  { name: 'list', file: './measureList.mjs', measure: 'measureList' },
  { name: 'peers', file: './measurePeers.mjs', measure: 'measurePeers' },
  { name: 'load', file: './measureLoad.mjs', measure: 'measureLoad' },
  { name: 'pages', file: './measurePages.mjs', measure: 'measurePages' },
  { name: 'export', file: './benchExport.mjs', measure: 'benchExport' },
  { name: 'live', file: './benchLive.mjs', measure: 'benchLive' },
  { name: 'hostile', file: './benchHostile.mjs', measure: 'benchHostile' },
];

await benchParts({ bench: 'api', from: import.meta.url, parts }).catch(report);
