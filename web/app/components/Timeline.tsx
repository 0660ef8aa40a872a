import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { ExplorerLink } from './ExplorerLink.js';
import { ShortPublicId } from './ShortId.js';
import { When } from './When.js';

export interface Step {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
  readonly task: string | null;
  readonly node: string | null;
  /** It was shown before, and the chain has replaced its block since. */
  readonly takenBack: boolean;
}

export interface TimelineProps {
  readonly steps: readonly Step[];
  /** Task id to the number a reader sees. */
  readonly taskNumbers: ReadonlyMap<string, number>;
  readonly recorded: boolean;
  /** Of the chain. */
  readonly explorer: string | null;
}

/** What happened to a job, in the order the chain has it. A kind not in the table is shown as it is. */
const kinds: Readonly<Record<string, { readonly label: string; readonly tone: string }>> = {
  created: { label: key('Agreed and funded'), tone: 'quiet' },
  assigned: { label: key('Assigned'), tone: 'quiet' },
  started: { label: key('Started'), tone: 'busy' },
  attempted: { label: key('Node at work'), tone: 'busy' },
  verified: { label: key('Verified'), tone: 'busy' },
  disputed: { label: key('Disputed'), tone: 'bad' },
  reopened: { label: key('Reopened'), tone: 'mixed' },
  completed: { label: key('Completed'), tone: 'good' },
  failed: { label: key('Failed'), tone: 'bad' },
};

export function Timeline({ steps, taskNumbers, recorded, explorer }: TimelineProps) {
  return (
    <ol className="timeline">
      {steps.map((step) => (
        <Item
          key={`${step.id} ${step.transaction} ${step.kind}`}
          step={step}
          task={step.task === null ? undefined : taskNumbers.get(step.task)}
          recorded={recorded}
          explorer={explorer}
        />
      ))}
    </ol>
  );
}

interface ItemProps extends Pick<TimelineProps, 'recorded' | 'explorer'> {
  readonly step: Step;
  readonly task: number | undefined;
}

function Item({ step, task, recorded, explorer }: ItemProps) {
  const t = useText();
  const kind = kinds[step.kind];
  const label = kind ? t(kind.label) : toClean(step.kind, 40);
  return (
    <li className={`step step-${step.takenBack ? 'gone' : (kind?.tone ?? 'quiet')}`}>
      <p className="step-title">
        <strong>{step.takenBack ? <s>{label}</s> : label}</strong>
        {task === undefined ? null : ` · ${t('task {number}', { number: task })}`}
        {step.node ? (
          <>
            {` · ${t('node')} `}
            <ShortPublicId id={step.node} copies />
          </>
        ) : null}{' '}
        {step.takenBack ? (
          <span className="badge badge-bad" title={t('The chain has replaced the block in which it stood')}>
            <span aria-hidden="true">↶</span> {t('Taken back')}
          </span>
        ) : null}
      </p>
      <p className="step-proof">
        <When at={step.at} recordedHeight={recorded ? step.height : undefined} />
        <span>
          {recorded ? null : (
            <>
              {t('block')} <ExplorerLink explorer={explorer} kind="block" id={step.height} />
              {' · '}
            </>
          )}
          {t('transaction')} <ExplorerLink explorer={explorer} kind="tx" id={step.transaction} />
        </span>
      </p>
    </li>
  );
}
