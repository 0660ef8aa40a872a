import type { ReactNode } from 'react';
import type { Figure } from '../charts/toFigure.js';
import { toClean, toCount, toUtcMinute } from '../format.js';
import { useText } from '../i18n/useText.js';
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
  /** What stands behind the first part: what a tile cannot show. */
  readonly children?: ReactNode;
}

/** A page of figures about one question, each with its change, its certainty and its line. */
export function TopicPage({ topic, data, children }: TopicPageProps) {
  const t = useText();
  const { figures, shown, asOf, question, interval } = data;
  const byId = new Map(figures.map((figure) => [figure.metric.id, figure]));
  const parts = topic.parts
    .map((part) => ({ ...part, figures: part.metrics.flatMap((id) => byId.get(id) ?? []) }))
    .filter((part) => part.figures.length > 0);
  const [first, ...others] = parts;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t(topic.title)}</h1>
          <p className="lead">{t(topic.lead)}</p>
        </div>
        <TopicForm topic={topic} data={data} />
      </div>
      {shown ? <NetworkNotice network={shown} /> : null}
      {first ? <TopicSection {...first} interval={interval} /> : null}
      {children}
      {others.map((part) => (
        <TopicSection key={part.title} {...part} interval={interval} />
      ))}
      {parts.length === 0 ? (
        <EmptyState title={t('No figures yet.')}>
          {t('They are made from what is recorded, hour by hour; the first ones come when an hour is over.')}
        </EmptyState>
      ) : null}
      {asOf?.time ? (
        <p className="muted after-table">
          {t('As of block {block}, {time} UTC. A dotted end is a time that is not over.', {
            block: toCount(asOf.block ?? '0'),
            time: toUtcMinute(asOf.time),
          })}
        </p>
      ) : null}
      {question ? <ShowGraphql question={question} /> : null}
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lead: string;
  readonly figures: readonly Figure[];
  readonly interval: string;
}

function TopicSection({ title, lead, figures, interval }: SectionProps) {
  const t = useText();
  return (
    <section aria-label={t(title)}>
      <h2>{t(title)}</h2>
      <p className="muted">{t(lead)}</p>
      <div className="figure-grid">
        {figures.map((figure) => (
          <FigureTile key={figure.metric.id} figure={figure} interval={interval} />
        ))}
      </div>
    </section>
  );
}

function TopicForm({
  topic,
  data: { networks, models, network, hardware, interval },
}: Omit<TopicPageProps, 'children'>) {
  const t = useText();
  return (
    <FilterForm
      action={`/${topic.id}`}
      kept={{}}
      filters={[
        {
          ...{ name: 'network', label: t('Network'), value: network, any: null },
          choices: networks.map(({ id, title }) => ({ value: id, label: toClean(title, 60) })),
        },
        ...(models.length > 0
          ? [
              {
                ...{ name: 'hardware', label: t('Hardware'), value: hardware, any: t('All') },
                choices: models.map(({ id, name }) => ({ value: id, label: name })),
              },
            ]
          : []),
        {
          ...{ name: 'interval', label: t('By'), value: interval, any: null },
          choices: [
            { value: 'day', label: t('day, 30 days') },
            { value: 'hour', label: t('hour, 48 hours') },
          ],
        },
      ]}
    />
  );
}
