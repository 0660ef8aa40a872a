import { key } from '../i18n/text.js';

interface HitKindWords {
  readonly one: string;
  readonly many: string;
}

/** What was found, in the order in which groups are shown; a kind not in the list comes last, under its own name. */
export const hitKinds: Readonly<Record<string, HitKindWords>> = {
  network: { one: key('Network'), many: key('Networks') },
  provider: { one: key('Provider'), many: key('Providers') },
  job: { one: key('Job'), many: key('Jobs') },
  node: { one: key('Node'), many: key('Nodes') },
  task: { one: key('Task'), many: key('Tasks') },
  transaction: { one: key('Transaction'), many: key('Transactions') },
  block: { one: key('Block'), many: key('Blocks') },
  event: { one: key('Event'), many: key('Events') },
  buyer: { one: key('Buyer'), many: key('Buyers') },
  hardware: { one: key('Hardware'), many: key('Hardware') },
  metric: { one: key('Metric'), many: key('Metrics') },
};
