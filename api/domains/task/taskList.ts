import { isTaskOverdue, taskStatus } from '../../database/overdue.js';
import { choice, columnsOf, id, plain } from '../../list/columns.js';
import { type List, readById, references } from '../../list/List.js';
import { Task, TaskStatus } from './Task.js';
import { tasks } from './taskQueries.js';

const t = columnsOf('task', 't');

export const taskList: List = {
  name: 'Task',
  field: 'tasks',
  one: 'task',
  description: 'The pieces of jobs that run, on all networks or some.',
  type: Task,
  ...tasks,
  reads: { ...references, ...readById(['attempts', 'verifications']) },
  by: {
    id: id(t.id, 'Id'),
    nativeId: plain(t.nativeId, "The protocol's own id"),
    chain: plain(t.chainId, 'Id of the chain'),
    network: id(t.networkId, 'Id of the network'),
    job: id(t.jobId, 'Id of the job it is a piece of'),
    index: plain(t.position, 'Position in the job, from 0'),
    status: choice(TaskStatus, { ...t.status, sql: `(${taskStatus})` }, 'Where it stands'),
    derived: plain({ sql: isTaskOverdue, type: 'boolean', nullable: false }, "Failed by its job's deadline alone"),
    attemptCount: plain(t.attempts, 'How often it was taken on'),
    createdHeight: plain(t.height, 'Height of the block it was agreed in'),
    startedAt: plain(t.startedTime, 'Time of the block it started in'),
    endedAt: plain(t.endedTime, 'Time of the block it ended in'),
    endedHeight: plain(t.endedHeight, 'Height of the block it ended in'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it runs on', on: 'n.id = t.network_id' },
    job: { to: 'Job', meaning: 'The job it is a piece of', on: 'j.id = t.job_id' },
  },
  order: { by: 'id', direction: 'asc' },
  tie: [{ sql: 't.id', type: 'text', direction: 'asc' }],
  network: 't.network_id',
};
