/** What a stacked bar chart draws. Plain numbers: a pixel needs no more precision, and the table has the exact ones. */
export interface StackedSeries {
  readonly labels: readonly string[];
  readonly stacks: readonly {
    readonly label: string;
    /** Custom property that holds the colour. */
    readonly colour: string;
    readonly values: readonly number[];
  }[];
  /** The bar whose period has not ended, drawn hatched. */
  readonly openIndex: number | undefined;
}

interface Day {
  readonly date: string;
  readonly tasksCompleted: string;
  readonly tasksFailed: string;
  readonly inProgress: boolean;
}

/** Tasks that ended per UTC day, oldest first. */
export function toActivitySeries(days: readonly Day[]): StackedSeries {
  const openIndex = days.findIndex((day) => day.inProgress);
  return {
    labels: days.map((day) => (day.inProgress ? `${day.date} so far` : day.date)),
    stacks: [
      { label: 'Completed', colour: '--chart-completed', values: days.map((day) => Number(day.tasksCompleted)) },
      { label: 'Failed', colour: '--chart-failed', values: days.map((day) => Number(day.tasksFailed)) },
    ],
    openIndex: openIndex === -1 ? undefined : openIndex,
  };
}
