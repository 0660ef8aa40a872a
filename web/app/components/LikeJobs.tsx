import { toCount, toDuration, toOutcome } from '../format.js';
import { useText } from '../i18n/useText.js';
import type { LikeRecord } from '../toLikeRecord.js';
import { type Fact, Facts } from './Facts.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { toPoints } from './points.js';

export interface LikeJobsProps {
  readonly record: LikeRecord;
  readonly providerId: string;
  readonly score: { readonly score: string | null; readonly evidence: string } | null;
}

/** What the provider did before with jobs like this one: counts and not a promise. */
export function LikeJobs({ record, providerId, score }: LikeJobsProps) {
  const t = useText();
  const { likeness, looked, like, ended, tasksCompleted, tasksFailed, medianSeconds } = record;
  const outcome = toOutcome(String(tasksCompleted), String(tasksFailed));
  const facts: readonly Fact[] = [
    {
      name: t(likeness),
      value: t.count(looked, '{like} of its {n} other job', '{like} of its last {n} jobs', { like: toCount(like) }),
    },
    {
      name: t('Of them over'),
      value: toCount(ended),
    },
    {
      name: t('Their tasks completed'),
      title: t('Of the tasks of those that are over'),
      value: outcome ?? <NoValue reason={t('None has ended yet')} />,
    },
    {
      name: t('Half of them took at most'),
      title: t('From the agreement to the end of the last task, of those that ended on chain'),
      value:
        medianSeconds === null ? <NoValue reason={t('None has ended yet')} /> : toDuration(Math.round(medianSeconds)),
    },
    {
      name: t('Reputation'),
      value:
        score?.score == null ? (
          <NoValue reason={t('Not scored yet')} />
        ) : (
          <Link to={`/providers/${encodeURIComponent(providerId)}#score`}>
            {t('{points} of 100 points', { points: toPoints(score.score) })}
          </Link>
        ),
    },
  ];
  return (
    <section aria-labelledby="record">
      <h2 id="record">{t('The provider’s record on like jobs')}</h2>
      <div className="fact-groups">
        <section>
          <Facts facts={facts} />
        </section>
      </div>
    </section>
  );
}
