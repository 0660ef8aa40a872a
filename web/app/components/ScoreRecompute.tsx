import { Rich, useText } from '../i18n/useText.js';
import { type ScoreInput, toProduct } from '../toScoreInputs.js';
import { DataTable } from './DataTable.js';
import { partTitles } from './points.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface ScoreRecomputeProps {
  readonly providerId: string;
  readonly score: string;
  readonly methodVersion: number;
  readonly inputs: readonly ScoreInput[];
}

/** How anybody makes a score again: from its published parts on this page, from raw facts by a command. */
export function ScoreRecompute({ providerId, score, methodVersion, inputs }: ScoreRecomputeProps) {
  const t = useText();
  const product = toProduct(inputs);
  return (
    <>
      {inputs.length > 0 ? (
        <DataTable
          caption={t('What each part was made of, as it is published; method version {version}', {
            version: methodVersion,
          })}
          label={t('Inputs of the score')}
          className="score-inputs"
          head={
            <>
              <ColumnHead>{t('Part')}</ColumnHead>
              <ColumnHead className="number">{t('Value')}</ColumnHead>
              <ColumnHead className="number">{t('Weight')}</ColumnHead>
              <ColumnHead>{t('Stands on')}</ColumnHead>
              <ColumnHead>{t('Inputs')}</ColumnHead>
            </>
          }
        >
          {inputs.map((part) => (
            <TableRow key={part.name}>
              <RowHead>{t(partTitles[part.name] ?? '') || part.name}</RowHead>
              <Cell label={t('Value')} className="number">
                {part.value}
              </Cell>
              <Cell label={t('Weight')} className="number">
                {part.weight.toFixed(4)}
              </Cell>
              <Cell label={t('Stands on')}>{part.basis === 'evidence' ? t('evidence') : t('its peers’ record')}</Cell>
              <Cell label={t('Inputs')} className="inputs">
                {part.inputs.map(({ name, value }) => (
                  <span key={name}>
                    <code>
                      {name} {value}
                    </code>{' '}
                  </span>
                ))}
              </Cell>
            </TableRow>
          ))}
        </DataTable>
      ) : null}
      {product === null ? null : (
        <p className="after-table recomputed">
          {product === score ? (
            <Rich
              text="{product} is 100 times each value to the power of its weight, multiplied: the score that is published, to the last digit."
              product={<code>{product}</code>}
            />
          ) : (
            <Rich
              text="{product} is 100 times each value to the power of its weight, multiplied; published is {score}."
              product={<code>{product}</code>}
              score={<code>{score}</code>}
            />
          )}
        </p>
      )}
      <p>
        {t(
          'From raw facts and readings, by code that reads no figure of this site, and with the signature of this instance:',
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="command" tabIndex={0} aria-label={t('Commands')}>
        <pre>{`computescan score "${providerId}" --verify\ncomputescan score "${providerId}" --json > score.json\ncomputescan score --verify-file score.json --public-key <key>`}</pre>
      </section>
      <p>
        <Rich
          text="The key is at {place}. It says which instance computed a score; to know whether it is right, compute it again."
          place={<a href="/.well-known/computescan.json">/.well-known/computescan.json</a>}
        />
      </p>
    </>
  );
}
