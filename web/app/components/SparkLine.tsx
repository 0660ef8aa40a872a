import type { Spark } from '../charts/toSpark.js';

export interface SparkLineProps {
  readonly spark: Spark;
  /** Says in a sentence what is drawn. */
  readonly label: string;
}

/** A small line that the server draws: gaps stay gaps, what is not over yet is dotted, an area says how sure it is. */
export function SparkLine({ spark, label }: SparkLineProps) {
  return (
    <svg className="spark" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      {spark.bands.map((band) => (
        <polygon key={band} className="spark-band" points={band} />
      ))}
      {spark.lines.map((line) => (
        <polyline key={line} className="spark-line" points={line} />
      ))}
      {spark.open ? <polyline className="spark-line spark-open" points={spark.open} /> : null}
    </svg>
  );
}
