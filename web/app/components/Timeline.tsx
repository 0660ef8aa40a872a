import { toClean, toCount } from '../format.js';
import { ShortId, ShortPublicId } from './ShortId.js';
import { When } from './When.js';

export interface Step {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
  readonly task: string | null;
  readonly node: string | null;
}

export interface TimelineProps {
  readonly steps: readonly Step[];
  /** Task id to the number a reader sees. */
  readonly taskNumbers: ReadonlyMap<string, number>;
  readonly recorded: boolean;
}

/** What happened to a job, in the order the chain has it. A kind not in the table is shown as it is. */
const kinds: Readonly<Record<string, { readonly label: string; readonly tone: string }>> = {
  created: { label: 'Agreed and funded', tone: 'quiet' },
  assigned: { label: 'Assigned', tone: 'quiet' },
  started: { label: 'Started', tone: 'busy' },
  attempted: { label: 'Node at work', tone: 'busy' },
  verified: { label: 'Verified', tone: 'busy' },
  disputed: { label: 'Disputed', tone: 'bad' },
  reopened: { label: 'Reopened', tone: 'mixed' },
  completed: { label: 'Completed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
};

export function Timeline({ steps, taskNumbers, recorded }: TimelineProps) {
  return (
    <ol className="timeline">
      {steps.map((step) => {
        const kind = kinds[step.kind] ?? { label: toClean(step.kind, 40), tone: 'quiet' };
        const number = step.task === null ? undefined : taskNumbers.get(step.task);
        return (
          <li key={step.id} className={`step step-${kind.tone}`}>
            <p className="step-title">
              <strong>{kind.label}</strong>
              {number === undefined ? null : ` · task ${number}`}
              {step.node ? (
                <>
                  {' · node '}
                  <ShortPublicId id={step.node} />
                </>
              ) : null}
            </p>
            <p className="step-proof">
              <When at={step.at} recordedHeight={recorded ? step.height : undefined} />
              <span>
                {recorded ? null : <>block {toCount(step.height)} · </>}
                transaction <ShortId id={step.transaction} />
              </span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}
