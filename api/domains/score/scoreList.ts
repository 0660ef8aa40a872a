import { choice, columnsOf, decimal, id, plain } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { Score, ScoreEvidence } from './Score.js';
import { scores, toScore } from './scoreQueries.js';

const w = columnsOf('score', 'w');
const z = columnsOf('metric_subject', 'z');

export const scoreList: List = {
  name: 'Score',
  field: 'scores',
  description: 'Reputations of providers as they stood, of each midnight (UTC) and of the last hour that is settled.',
  type: Score,
  columns: scores.columns,
  from: `${scores.from} and z.kind = 'provider'`,
  by: {
    provider: id(z.id, 'Id of the provider'),
    network: id(z.networkId, 'Id of the network'),
    at: plain(
      { sql: 'to_timestamp(w.hour::int8 * 3600)', type: 'timestamptz', nullable: false },
      'The hour before which all was known',
      { sortBy: w.hour },
    ),
    score: decimal(w.score, 'The score, from 0 to 100'),
    availability: decimal(w.availability, 'Its part for availability, from 0.01 to 1'),
    jobSuccess: decimal(w.jobSuccess, 'Its part for tasks that were delivered, from 0.01 to 1'),
    promise: decimal(w.promise, 'Its part for tasks that were delivered in time, from 0.01 to 1'),
    integrity: decimal(w.integrity, 'Its part for integrity, from 0.01 to 1'),
    evidence: choice(ScoreEvidence, w.evidence, 'How much it stands on'),
    evidenceWeight: decimal(w.evidenceWeight, 'Weight of the jobs that count'),
    buyersEffective: decimal(w.buyersEffective, 'As many buyers of equal weight would be as diverse'),
    methodVersion: plain(w.methodVersion, 'Version of the method'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network of the provider', on: 'n.id = z.network_id' },
    provider: { to: 'Provider', meaning: 'The provider', on: 'p.id = z.id' },
  },
  order: { by: 'at', direction: 'desc' },
  tie: [{ sql: 'w.subject_key', type: 'integer', direction: 'same' }],
  network: 'z.network_id',
  toRows: (rows) => rows.map(toScore),
};
