import type { Figure } from '../charts/toFigure.js';
import { toClean, toCount, toUtcMinute } from '../format.js';
import type { Topic } from '../topics.js';
import { EmptyState } from './EmptyState.js';
import { FigureTile } from './FigureTile.js';
import { FilterForm } from './FilterForm.js';
import { NetworkNotice, type NetworkNoticeProps } from './NetworkNotice.js';
import { type Question, ShowGraphql } from './ShowGraphql.js';

export interface TopicPageProps {
  readonly topic: Topic;
  readonly data: {
    readonly networks: readonly { readonly id: string; readonly title: string }[];
    /** Empty: there are no figures of classes of hardware. */
    readonly models: readonly { readonly id: string; readonly name: string }[];
    /** What was chosen. */
    readonly network: string | undefined;
    readonly hardware: string | undefined;
    readonly interval: string;
    readonly figures: readonly Figure[];
    /** The network that the figures are of; null while none is indexed. */
    readonly shown: NetworkNoticeProps['network'] | null;
    readonly asOf: { readonly block: string | null; readonly time: string | null } | null;
    readonly question: Question | null;
  };
}

/** A page of figures about one question, each with its change, its certainty and its line. */
export function TopicPage({ topic, data }: TopicPageProps) {
  const { figures, shown, asOf, question } = data;
  const byId = new Map(figures.map((figure) => [figure.metric.id, figure]));
  const parts = topic.parts
    .map((part) => ({ ...part, figures: part.metrics.flatMap((id) => byId.get(id) ?? []) }))
    .filter((part) => part.figures.length > 0);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{topic.title}</h1>
          <p className="lead">{topic.lead}</p>
        </div>
        <TopicForm topic={topic} data={data} />
      </div>
      {shown ? <NetworkNotice network={shown} /> : null}
      {parts.map(({ title, lead, figures: tiles }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <p className="muted">{lead}</p>
          <div className="figure-grid">
            {tiles.map((figure) => (
              <FigureTile key={figure.metric.id} figure={figure} />
            ))}
          </div>
        </section>
      ))}
      {parts.length === 0 ? (
        <EmptyState title="No figures yet.">
          They are made from what is recorded, hour by hour; the first ones come when an hour is over.
        </EmptyState>
      ) : null}
      {asOf?.time ? (
        <p className="muted after-table">
          As of block {toCount(asOf.block ?? '0')}, {toUtcMinute(asOf.time)} UTC. A dotted end is a time that is not
          over.
        </p>
      ) : null}
      {question ? <ShowGraphql question={question} /> : null}
    </>
  );
}

function TopicForm({ topic, data: { networks, models, network, hardware, interval } }: TopicPageProps) {
  return (
    <FilterForm
      action={`/${topic.id}`}
      kept={{}}
      filters={[
        {
          ...{ name: 'network', label: 'Network', value: network, any: null },
          choices: networks.map(({ id, title }) => ({ value: id, label: toClean(title, 60) })),
        },
        ...(models.length > 0
          ? [
              {
                ...{ name: 'hardware', label: 'Hardware', value: hardware, any: 'All' },
                choices: models.map(({ id, name }) => ({ value: id, label: name })),
              },
            ]
          : []),
        {
          ...{ name: 'interval', label: 'By', value: interval, any: null },
          choices: [
            { value: 'day', label: 'day, 30 days' },
            { value: 'hour', label: 'hour, 48 hours' },
          ],
        },
      ]}
    />
  );
}
