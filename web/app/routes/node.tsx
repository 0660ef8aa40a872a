import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { AttemptTable } from '../components/AttemptTable.js';
import { HeartbeatReliability } from '../components/HeartbeatReliability.js';
import { ListSection } from '../components/ListSection.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { NodeFacts } from '../components/NodeFacts.js';
import { NodeFigures } from '../components/NodeFigures.js';
import { OutageSection } from '../components/OutageSection.js';
import { PageContents } from '../components/PageContents.js';
import { Maintenance } from '../components/ProviderForOperator.js';
import { ReachTable } from '../components/ReachTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { WholeId } from '../components/ShortId.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { askWithSource } from '../data/ask.js';
import { findDay, readDays } from '../data/findDay.js';
import { nodeQuery } from '../data/nodeQueries.js';
import { shortenPair, shortenUri, withShortName } from '../data/shorten.js';
import { toShort } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = textOf(matches);
  return [
    { title: `${data ? t('Node {name}', { name: data.title }) : t('Not found')} · Computescan` },
    {
      name: 'description',
      content: t('A machine of a provider: what it claims, when it was heard, and which work it took on.'),
    },
  ];
};

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const { length, date } = readDays(new URL(request.url).searchParams);
  const [{ data: answer, source }, day] = await Promise.all([
    askWithSource(context, nodeQuery, { id }),
    findDay(context, { kind: 'node', id, date }),
  ]);
  const { node, heartbeatStatus, metricWindows, outages, attempts, verifications, prices } = answer;
  if (!node || !heartbeatStatus) throw new Response(null, { status: 404 });
  const { uri, terms, provider } = node;
  return {
    node: {
      ...node,
      uri: uri ? shortenUri(uri, node.altered) : null,
      terms: terms.map(shortenPair),
      provider: provider && withShortName(provider),
    },
    windows: metricWindows,
    ...{ heartbeatStatus, outages, attempts, verifications, prices, day, length, source },
    title: toShort(node.nativeId),
  };
}

export default function Node() {
  const { node, windows, heartbeatStatus, outages, attempts, verifications, prices, day, length, source, title } =
    useLoaderData<typeof loader>();
  const t = useText();
  const { network } = node;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            {t('Node')} {network.recorded ? <RecordedBadge notice={network.notice} /> : null}
            {node.active === false ? <span className="badge badge-quiet">{t('inactive')}</span> : null}
          </p>
          <h1>{title}</h1>
          <p>
            <WholeId id={node.nativeId} />
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <PageContents
        groups={[
          {
            title: t('On this page'),
            parts: [
              { id: 'facts', title: t('Who it is') },
              { id: 'reliability', title: t('Reliability') },
              ...(node.reachability.length > 0 ? [{ id: 'reachability', title: t('Reachability') }] : []),
              { id: 'maintenance', title: t('Maintenance') },
              { id: 'tasks', title: t('Tasks') },
              { id: 'verdicts', title: t('Verdicts') },
              { id: 'prices', title: t('Prices') },
            ],
          },
        ]}
      />
      <div id="facts">
        <NodeFacts node={node} />
      </div>
      <HeartbeatReliability
        kind="node"
        id={node.id}
        reliability={node.reliability}
        days={node.uptimeByDay}
        windows={windows}
        status={heartbeatStatus}
        subject={title}
        networkSends={network.sendsHeartbeats}
        length={length}
        day={day}
      >
        <OutageSection outages={outages} day={day} />
      </HeartbeatReliability>
      {node.reachability.length > 0 ? (
        <section aria-labelledby="reachability">
          <h2 id="reachability">{t('Reachability')}</h2>
          <ReachTable rows={node.reachability} />
        </section>
      ) : null}
      <Maintenance notices={node.maintenance} networkSends={network.sendsHeartbeats} />
      <div id="tasks">
        <ListSection
          title={t('Tasks it took on')}
          count={attempts.length}
          capabilities={network.capabilities}
          capability="jobs"
        >
          <AttemptTable
            caption={
              attempts.length > MAX_ATTEMPTS
                ? t('The latest {count} tasks', { count: MAX_ATTEMPTS })
                : t('All tasks, latest first')
            }
            attempts={attempts.slice(0, MAX_ATTEMPTS)}
            recorded={network.recorded}
          />
        </ListSection>
      </div>
      <NodeFigures verifications={verifications} prices={prices} network={network} />
      <ShowGraphql question={source} />
    </>
  );
}

/** One less than the query asks for: whether there are more shows in the caption. */
const MAX_ATTEMPTS = 10;
