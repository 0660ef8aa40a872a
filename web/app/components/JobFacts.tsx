import { isHex, toDuration, toLabel, toProduct } from '../format.js';
import { key, type Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { useNow } from '../now.js';
import { Amount } from './Amount.js';
import { ExplorerLink } from './ExplorerLink.js';
import { type Fact, Facts, toTermFact } from './Facts.js';
import type { JobRow } from './JobTable.js';
import { Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { Price } from './Price.js';
import { PriceInUsd, type UsdPrice } from './PriceTable.js';
import { ProviderName } from './ProviderName.js';
import type { ListNetwork } from './ProviderTable.js';
import { type RunsOutProps, toRunsOutFact } from './RunsOut.js';
import { ShortId, WholeId } from './ShortId.js';
import { TaskCount } from './TaskCount.js';
import { toCostSoFar } from './toCostSoFar.js';
import { When } from './When.js';

export interface JobFactsProps {
  readonly job: Omit<JobRow, 'network' | 'price'> &
    RunsOutProps & {
      readonly price: UsdPrice | null;
      readonly network: ListNetwork & {
        readonly protocol: string;
        readonly chain: { readonly name: string; readonly explorer: string | null };
      };
      readonly deadline: string | null;
      readonly paid: string | null;
      readonly attributes: readonly { readonly name: string; readonly value: string }[];
    };
}

/** Who agreed with whom, for how much, until when, and what has been paid. */
export function JobFacts({ job }: JobFactsProps) {
  const t = useText();
  const now = useNow();
  const attributes = job.attributes.filter(isSaying).map(({ name, value }) => ({
    ...(isHex(value) ? { name: toLabel(name), value: <ShortId id={value} copies /> } : toTermFact({ name, value })),
    ...(meanings[name] ? { title: t(meanings[name]) } : {}),
  }));
  return (
    <div className="fact-groups">
      <section>
        <h2>{t('Agreement')}</h2>
        <Facts facts={toAgreement(job, t)} />
      </section>
      <section>
        <h2>{t('Cost')}</h2>
        <Facts facts={toCost(job, { t, now })} />
      </section>
      <section>
        <h2>{t('Time')}</h2>
        <Facts facts={toTimes(job, { t, now })} />
      </section>
      {attributes.length > 0 ? (
        <section>
          <h2>{t('Attributes')}</h2>
          <Facts facts={attributes} />
        </section>
      ) : null}
    </div>
  );
}

type Job = JobFactsProps['job'];

interface Reading {
  readonly t: Translate;
  readonly now: string;
}

/** What a protocol's own word means, where it is not the usual one. */
const meanings: Readonly<Record<string, string>> = {
  sponsor: key("Who pays in the buyer's place"),
  trust: key('Workers that must agree, at least'),
  tag: key('What the job demands of the machines, as bits'),
};

/** A tag of zeros demands nothing. */
function isSaying({ name, value }: Job['attributes'][number]): boolean {
  return name !== 'tag' || !/^0x0*$/.test(value);
}

function toAgreement(job: Job, t: Translate): readonly Fact[] {
  const { explorer } = job.network.chain;
  return [
    { name: t('Network'), value: <NetworkName network={job.network} /> },
    {
      name: t('Provider'),
      value: job.provider ? <ProviderName provider={job.provider} copies /> : <NoValue reason={t('Not assigned')} />,
    },
    {
      name: t('Buyer'),
      value: job.buyer ? (
        explorer ? (
          <ExplorerLink explorer={explorer} kind="address" id={job.buyer} />
        ) : (
          <WholeId id={job.buyer} />
        )
      ) : (
        <NoValue reason={t('No buyer named')} />
      ),
    },
    {
      name: t('Tasks completed'),
      value: <TaskCount completed={job.tasksCompleted} failed={job.tasksFailed} volume={job.volume} />,
    },
  ];
}

function toCost(job: Job, { t, now }: Reading): readonly Fact[] {
  const { price, paid, volume } = job;
  const { capabilities, workToken } = job.network;
  // Only a price per task multiplies to a total by the number of tasks.
  const total = price && price.unit === 'task' ? toProduct(price.amount, volume) : undefined;
  const soFar = toCostSoFar(job, now);
  const token = price && { ...price.token, decimals: price.decimals ?? price.token.decimals };
  return [
    {
      name: t('Price'),
      value: price ? <Price price={price} /> : <Missing capabilities={capabilities} capability="price" />,
    },
    ...(price ? [{ name: t('In USD'), value: <PriceInUsd price={price} />, title: t('When it was agreed') }] : []),
    ...(token && total
      ? [
          {
            name: t.count(volume, 'For {n} task', 'For {n} tasks'),
            value: <Amount baseUnits={total} token={token} />,
          },
        ]
      : []),
    ...(token && soFar
      ? [{ name: t('Cost so far'), title: t(soFar.meaning), value: <Amount baseUnits={soFar.amount} token={token} /> }]
      : []),
    {
      name: t('Paid so far'),
      title: t('What the chain says has moved'),
      value:
        paid === null || !workToken ? (
          <Missing capabilities={capabilities} capability="payout" />
        ) : (
          <Amount baseUnits={paid} token={workToken} />
        ),
    },
  ];
}

function toTimes(job: Job, { t, now }: Reading): readonly Fact[] {
  const { deadline, derived, endedAt } = job;
  const { recorded } = job.network;
  const created = {
    name: t('Created'),
    value: <When at={job.createdAt} recordedHeight={recorded ? job.createdHeight : undefined} />,
  };
  if (recorded) return [created];
  // Its end is that of its deposit: nobody agrees on another.
  if (job.network.protocol === 'marlin' && !endedAt) return [created, toRunsOutFact(job, t)];
  const noDeadline = <NoValue reason={t('No deadline agreed')} />;
  return [
    created,
    { name: t('Deadline'), value: deadline ? <When at={deadline} /> : noDeadline },
    endedAt
      ? { name: t('Ended'), value: <When at={endedAt} /> }
      : derived
        ? { name: t('Ended'), value: <span className="bad">{toDerivedEnd(job, t)}</span> }
        : { name: t('Time left'), value: deadline ? toTimeLeft(deadline, { t, now }) : noDeadline },
    ...(endedAt || derived
      ? []
      : [{ name: t('Running for'), value: toDuration(toSecondsBetween(job.createdAt, now)) }]),
  ];
}

function toDerivedEnd({ status, volume, tasksCompleted }: Job, t: Translate): string {
  if (status === 'failed') return t('failed: the deadline passed, nobody has claimed it');
  return t.count(
    volume - tasksCompleted,
    '{n} task failed: the deadline passed, nobody has claimed them all',
    '{n} tasks failed: the deadline passed, nobody has claimed them all',
  );
}

function toTimeLeft(deadline: string, { t, now }: Reading) {
  const seconds = toSecondsBetween(now, deadline);
  return seconds > 0 ? toDuration(seconds) : <span className="bad">{t('none: the deadline has passed')}</span>;
}

/** Never less than nothing: a block may be a moment ahead of the clock. */
function toSecondsBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1_000));
}
