import { bytes, columnsOf, id, place, plain, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { Payout } from './Payout.js';
import { payouts } from './payoutQueries.js';

const o = columnsOf('payout', 'o');

export const payoutList: List = {
  name: 'Payout',
  field: 'payouts',
  one: 'payout',
  description: 'Tokens moved for work, on all networks or some.',
  type: Payout,
  ...payouts,
  by: {
    id: place('o', 'part'),
    chain: plain(o.chainId, 'Id of the chain'),
    network: id(o.networkId, 'Id of the network'),
    provider: id(o.providerId, 'Id of the provider whose work it pays'),
    job: id(o.jobId, 'Id of the job it is for'),
    task: id(o.taskId, 'Id of the task it is for'),
    payer: bytes(o.payer, 'Address that paid'),
    recipient: bytes(o.recipient, 'Address that was paid'),
    role: word(o.role, 'What it is for'),
    forWork: plain(o.forWork, 'Whether it is pay for work, which totals count'),
    token: id(o.token, 'Id of its token'),
    amount: plain(o.amount, 'Base units: compare inside one token only'),
    at: plain(o.time, 'Time of the block'),
    height: plain(o.height, 'Height of the block'),
    transaction: bytes(o.txHash, 'Hash of the transaction'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it was paid on', on: 'n.id = o.network_id' },
    provider: { to: 'Provider', meaning: 'The provider whose work it pays', on: 'p.id = o.provider_id' },
    job: { to: 'Job', meaning: 'The job it is for', on: 'j.id = o.job_id' },
  },
  order: { by: 'at', direction: 'desc' },
  tie: tieByPlace('o', 'part'),
  network: 'o.network_id',
  ...identified('part'),
};
