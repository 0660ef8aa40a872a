import { columnsOf, id, place, plain, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { verifications } from './taskQueries.js';
import { Verification } from './Verification.js';

const v = columnsOf('verification', 'v');

export const verificationList: List = {
  name: 'Verification',
  field: 'verifications',
  one: 'verification',
  description: 'Verdicts about tasks and about nodes that worked on them, on all networks or some.',
  type: Verification,
  ...verifications,
  by: {
    id: place('v', 'part'),
    chain: plain(v.chainId, 'Id of the chain'),
    network: id(v.networkId, 'Id of the network'),
    provider: id(v.providerId, 'Id of the provider whose work it is about'),
    node: id(v.nodeId, 'Id of the node it is about'),
    job: id(v.jobId, 'Id of the job it is about'),
    task: id(v.taskId, 'Id of the task it is about'),
    mechanism: word(v.mechanism, 'consensus, proof, tee or acknowledgement'),
    result: word(v.result, 'reached, revealed, accepted or rejected'),
    at: plain(v.time, 'Time of the block'),
    height: plain(v.height, 'Height of the block'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it was given on', on: 'n.id = v.network_id' },
    provider: { to: 'Provider', meaning: 'The provider whose work it is about', on: 'p.id = v.provider_id' },
    job: { to: 'Job', meaning: 'The job it is about', on: 'j.id = v.job_id' },
  },
  order: { by: 'id', direction: 'desc' },
  tie: tieByPlace('v', 'part'),
  network: 'v.network_id',
  ...identified('part'),
};
