import { assert } from '../../schema/lib/assert.js';
import type { Adapter } from './Adapter.js';
import { boundlessAdapter } from './boundless/boundlessAdapter.js';
import { computeMarketAdapter } from './computeMarket/computeMarketAdapter.js';
import { fluenceAdapter } from './fluence/fluenceAdapter.js';
import { iexecAdapter } from './iexec/iexecAdapter.js';
import { livepeerAdapter } from './livepeer/livepeerAdapter.js';
import { marlinAdapter } from './marlin/marlinAdapter.js';
import { zerogAdapter } from './zerog/zerogAdapter.js';

export const adapters: readonly Adapter[] = [
  iexecAdapter,
  livepeerAdapter,
  zerogAdapter,
  marlinAdapter,
  fluenceAdapter,
  boundlessAdapter,
  computeMarketAdapter,
];

export function getAdapter(protocol: string): Adapter {
  const adapter = adapters.find((candidate) => candidate.protocol === protocol);
  assert(adapter, `protocol ${protocol} has a manifest and no adapter`);
  return adapter;
}
