import { columnsOf, id, place, plain } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { Attempt } from './Attempt.js';
import { attempts } from './taskQueries.js';

const u = columnsOf('attempt', 'u');

export const attemptList: List = {
  name: 'Attempt',
  field: 'attempts',
  one: 'attempt',
  description: 'Assignments of tasks to providers, on all networks or some.',
  type: Attempt,
  ...attempts,
  by: {
    id: place('u', 'part'),
    chain: plain(u.chainId, 'Id of the chain'),
    task: id(u.taskId, 'Id of the task'),
    job: id(u.jobId, 'Id of the job'),
    provider: id(u.providerId, 'Id of the provider it was assigned to'),
    node: id(u.nodeId, 'Id of the node that worked'),
    at: plain(u.time, 'Time of the block'),
    height: plain(u.height, 'Height of the block'),
  },
  relations: {
    provider: { to: 'Provider', meaning: 'The provider it was assigned to', on: 'p.id = u.provider_id' },
    job: { to: 'Job', meaning: 'The job of its task', on: 'j.id = u.job_id' },
    task: { to: 'Task', meaning: 'The task that was assigned', on: 't.id = u.task_id' },
  },
  order: { by: 'id', direction: 'desc' },
  tie: tieByPlace('u', 'part'),
  ...identified('part'),
};
