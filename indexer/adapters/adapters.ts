import { assert } from '../../schema/lib/assert.js';
import type { Adapter } from './Adapter.js';
import { computeMarketAdapter } from './computeMarket/computeMarketAdapter.js';
import { iexecAdapter } from './iexec/iexecAdapter.js';
import { livepeerAdapter } from './livepeer/livepeerAdapter.js';
import { zerogAdapter } from './zerog/zerogAdapter.js';

export const adapters: readonly Adapter[] = [iexecAdapter, livepeerAdapter, computeMarketAdapter, zerogAdapter];

export function getAdapter(protocol: string): Adapter {
  const adapter = adapters.find((candidate) => candidate.protocol === protocol);
  assert(adapter, `protocol ${protocol} has a manifest and no adapter`);
  return adapter;
}
