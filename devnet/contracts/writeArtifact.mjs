/** `node devnet/contracts/writeArtifact.mjs`: after every change of what ComputeMarket.sol does. */
import { writeFileSync } from 'node:fs';
import { renderArtifact } from './renderArtifact.mjs';

writeFileSync(new URL('computeMarketArtifact.ts', import.meta.url), renderArtifact());
