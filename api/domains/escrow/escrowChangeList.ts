import { bytes, columnsOf, id, place, plain, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { EscrowChange } from './EscrowChange.js';
import { escrowChanges } from './escrowChangeQueries.js';

const x = columnsOf('escrow_change', 'x');

export const escrowChangeList: List = {
  name: 'EscrowChange',
  field: 'escrowChanges',
  one: 'escrowChange',
  description: "Movements of buyers' money that protocols hold, on all networks or some.",
  type: EscrowChange,
  ...escrowChanges,
  by: {
    id: place('x', 'part'),
    chain: plain(x.chainId, 'Id of the chain'),
    network: id(x.networkId, 'Id of the network'),
    job: id(x.jobId, 'Id of the job whose deposit it is'),
    account: bytes(x.account, 'Address whose money moved'),
    subaccount: plain(x.subaccount, "Which of the account's balances"),
    kind: word(x.kind, 'deposited, withdrawn, spent or moved'),
    token: id(x.token, 'Id of its token'),
    amount: plain(x.amount, 'Base units: compare inside one token only'),
    delta: plain(x.delta, 'Signed effect on what is held, in base units'),
    at: plain(x.time, 'Time of the block'),
    height: plain(x.height, 'Height of the block'),
    transaction: bytes(x.txHash, 'Hash of the transaction'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it happened on', on: 'n.id = x.network_id' },
    job: { to: 'Job', meaning: 'The job whose deposit it is', on: 'j.id = x.job_id' },
  },
  order: { by: 'at', direction: 'desc' },
  tie: tieByPlace('x', 'part'),
  network: 'x.network_id',
  ...identified('part'),
};
