import { toUtcMinute } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { partTitles, toPoints } from './points.js';
import { ScoreChanges, type ScoreExplanation } from './ScoreChanges.js';
import { ScoreHistory, type ScoreHistoryProps } from './ScoreHistory.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface ProviderScoreProps {
  readonly score: {
    readonly at: string;
    readonly score: string | null;
    readonly evidence: string;
    readonly evidenceWeight: string;
    readonly buyersEffective: string | null;
    readonly parts: readonly {
      readonly name: string;
      readonly value: string | null;
      readonly pointsLost: string | null;
    }[];
  } | null;
  /** Newest first. */
  readonly history: ScoreHistoryProps['scores'];
  /** Why it is another one than a week ago; null where nobody tells, or there was none. */
  readonly explanation: ScoreExplanation | null;
  /** Whose it is. */
  readonly subject: string;
}

/** A reputation with what it lost where, or in a line why there is none. */
export function ProviderScore({ score, history, explanation, subject }: ProviderScoreProps) {
  return (
    <section aria-labelledby="score">
      <h2 id="score">Reputation</h2>
      {score ? <Breakdown score={score} /> : <p className="muted">Not computed yet: it is made as each hour ends.</p>}
      <ScoreHistory scores={history} subject={subject} />
      {explanation ? <ScoreChanges explanation={explanation} /> : null}
    </section>
  );
}

function Breakdown({ score }: { readonly score: NonNullable<ProviderScoreProps['score']> }) {
  return (
    <>
      <p>
        <strong className="score" title={score.score ?? undefined}>
          {score.score === null ? (
            <NoValue reason="The network records nothing that it could be made of" />
          ) : (
            toPoints(score.score)
          )}
        </strong>{' '}
        of 100 points · {evidence[score.evidence] ?? score.evidence}
        <span className="age"> as of {toUtcMinute(score.at)}</span>
      </p>
      <DataTable
        caption="Each part is a lower bound of what the evidence allows; what the parts cost and the score add up to 100"
        label="Parts of the reputation"
        head={
          <>
            <ColumnHead>Part</ColumnHead>
            <ColumnHead className="number">At least</ColumnHead>
            <ColumnHead className="number">Costs</ColumnHead>
          </>
        }
      >
        {score.parts.map((part) => (
          <TableRow key={part.name}>
            <RowHead>{partTitles[part.name] ?? part.name}</RowHead>
            <Cell label="At least" className="number">
              {part.value === null ? <NoValue reason="Not recorded by this network" /> : toPercent(part.value)}
            </Cell>
            <Cell label="Costs" className="number">
              {part.pointsLost === null ? null : `${toPoints(part.pointsLost)} points`}
            </Cell>
          </TableRow>
        ))}
      </DataTable>
      <p className="muted">
        Jobs that count weigh {toPoints(score.evidenceWeight)}, older ones less
        {score.buyersEffective === null
          ? ''
          : `; they are as diverse as those of ${toPoints(score.buyersEffective)} equal buyers`}
        . Anyone can compute it again: <code>computescan score</code>.
      </p>
    </>
  );
}

const evidence: Readonly<Record<string, string>> = {
  none: 'no evidence yet',
  thin: 'thin evidence',
  fair: 'fair evidence',
  strong: 'strong evidence',
};

/** Of a decimal from 0 to 1. */
function toPercent(value: string): string {
  const digits = (value.split('.')[1] ?? '').padEnd(3, '0').slice(0, 3);
  const thousandths = Number(value.split('.')[0]) * 1_000 + Number(digits);
  return `${Math.floor(thousandths / 10)}.${thousandths % 10} %`;
}
