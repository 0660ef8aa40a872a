import { isHex, toClean, toCounted, toDuration, toLabel, toProduct } from '../format.js';
import { useNow } from '../now.js';
import { Amount } from './Amount.js';
import { type Fact, Facts } from './Facts.js';
import type { JobRow } from './JobTable.js';
import { Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { Price } from './Price.js';
import { PriceInUsd, type UsdPrice } from './PriceTable.js';
import { ProviderName } from './ProviderName.js';
import type { ListNetwork } from './ProviderTable.js';
import { type RunsOutProps, toRunsOutFact } from './RunsOut.js';
import { ShortId } from './ShortId.js';
import { TaskCount } from './TaskCount.js';
import { When } from './When.js';

export interface JobFactsProps {
  readonly job: Omit<JobRow, 'network' | 'price'> &
    RunsOutProps & {
      readonly price: UsdPrice | null;
      readonly network: ListNetwork & { readonly protocol: string; readonly chain: { readonly name: string } };
      readonly deadline: string | null;
      readonly paid: string | null;
      readonly attributes: readonly { readonly name: string; readonly value: string }[];
    };
}

/** Who agreed with whom, for how much, until when, and what has been paid. */
export function JobFacts({ job }: JobFactsProps) {
  const attributes = job.attributes.filter(isSaying).map(({ name, value }) => ({
    name: toLabel(name),
    value: isHex(value) ? <ShortId id={value} /> : toClean(value, 120),
    ...(meanings[name] ? { title: meanings[name] } : {}),
  }));
  return (
    <div className="fact-groups">
      <section>
        <h2>Agreement</h2>
        <Facts facts={toAgreement(job)} />
      </section>
      <section>
        <h2>Cost</h2>
        <Facts facts={toCost(job)} />
      </section>
      <section>
        <h2>Time</h2>
        <Times job={job} />
      </section>
      {attributes.length > 0 ? (
        <section>
          <h2>Attributes</h2>
          <Facts facts={attributes} />
        </section>
      ) : null}
    </div>
  );
}

type Job = JobFactsProps['job'];

/** What a protocol's own word means, where it is not the usual one. */
const meanings: Readonly<Record<string, string>> = {
  sponsor: "Who pays in the buyer's place",
  trust: 'Workers that must agree, at least',
  tag: 'What the job demands of the machines, as bits',
};

/** A tag of zeros demands nothing. */
function isSaying({ name, value }: Job['attributes'][number]): boolean {
  return name !== 'tag' || !/^0x0*$/.test(value);
}

function toAgreement(job: Job): readonly Fact[] {
  return [
    { name: 'Network', value: <NetworkName network={job.network} /> },
    {
      name: 'Provider',
      value: job.provider ? <ProviderName provider={job.provider} /> : <NoValue reason="Not assigned" />,
    },
    {
      name: 'Buyer',
      value: job.buyer ? <code className="wrap">{job.buyer}</code> : <NoValue reason="No buyer named" />,
    },
    {
      name: 'Tasks completed',
      value: <TaskCount completed={job.tasksCompleted} failed={job.tasksFailed} volume={job.volume} />,
    },
  ];
}

function toCost(job: Job): readonly Fact[] {
  const { price, paid, volume } = job;
  const { capabilities, workToken } = job.network;
  // Only a price per task multiplies to a total by the number of tasks.
  const total = price && price.unit === 'task' ? toProduct(price.amount, volume) : undefined;
  return [
    {
      name: 'Price',
      value: price ? <Price price={price} /> : <Missing capabilities={capabilities} capability="price" />,
    },
    ...(price ? [{ name: 'In USD', value: <PriceInUsd price={price} />, title: 'When it was agreed' }] : []),
    ...(price && total
      ? [
          {
            name: `For ${toCounted(volume, 'task')}`,
            value: (
              <Amount baseUnits={total} token={{ ...price.token, decimals: price.decimals ?? price.token.decimals }} />
            ),
          },
        ]
      : []),
    {
      name: 'Paid so far',
      value:
        paid === null || !workToken ? (
          <Missing capabilities={capabilities} capability="payout" />
        ) : (
          <Amount baseUnits={paid} token={workToken} />
        ),
    },
  ];
}

function Times({ job }: { readonly job: Job }) {
  const now = useNow();
  const { recorded } = job.network;
  const created = <When at={job.createdAt} recordedHeight={recorded ? job.createdHeight : undefined} />;
  if (recorded) return <Facts facts={[{ name: 'Created', value: created }]} />;
  const { deadline, derived, endedAt } = job;
  // Its end is that of its deposit: nobody agrees on another.
  if (job.network.protocol === 'marlin' && !endedAt) {
    return <Facts facts={[{ name: 'Created', value: created }, toRunsOutFact(job)]} />;
  }
  return (
    <Facts
      facts={[
        { name: 'Created', value: created },
        { name: 'Deadline', value: deadline ? <When at={deadline} /> : <NoValue reason="No deadline agreed" /> },
        endedAt
          ? { name: 'Ended', value: <When at={endedAt} /> }
          : derived
            ? { name: 'Ended', value: <span className="bad">{toDerivedEnd(job)}</span> }
            : {
                name: 'Time left',
                value: deadline ? toTimeLeft(deadline, now) : <NoValue reason="No deadline agreed" />,
              },
      ]}
    />
  );
}

function toDerivedEnd({ status, volume, tasksCompleted }: Job): string {
  if (status === 'failed') return 'failed: the deadline passed, nobody has claimed it';
  return `${toCounted(volume - tasksCompleted, 'task')} failed: the deadline passed, nobody has claimed them all`;
}

function toTimeLeft(deadline: string, now: string) {
  const seconds = Math.floor((Date.parse(deadline) - Date.parse(now)) / 1_000);
  return seconds > 0 ? toDuration(seconds) : <span className="bad">none: the deadline has passed</span>;
}
