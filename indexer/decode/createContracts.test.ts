import type { Hex } from '../../schema/lib/hex.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import type { DecodedLog, RawLog } from '../events/logs.js';
import { createContracts } from './createContracts.js';

const network = getNetwork('0g-compute-mainnet');
const announced: Hex = `0x${'d'.repeat(40)}`;

function announce(serviceName: string): DecodedLog {
  const log = { height: 30_000_000, logIndex: 4 } as RawLog;
  const args = { serviceAddress: announced, serviceName };
  return { log, network, role: 'ledger', name: 'ServiceRegistered', args };
}

describe('factory of several roles', () => {
  it('gives a contract the role that its name begins with', () => {
    const { toAnnouncement } = createContracts([network]);
    expect(toAnnouncement(announce('inference-v2.0'))).toMatchObject({ address: announced, role: 'inference' });
    expect(toAnnouncement(announce('fine-tuning-v1.1'))).toMatchObject({ address: announced, role: 'fineTuning' });
  });

  it('announces nothing under a name that nobody knows', () => {
    const { toAnnouncement } = createContracts([network]);
    for (const name of ['training-v1.0', '', 'my-inference-v1.0'])
      expect(toAnnouncement(announce(name))).toBeUndefined();
  });
});
