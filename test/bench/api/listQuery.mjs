/** 100 rows of 10 fields, which every subject is asked for; what varies is what is skipped, so that no kept answer serves. */
export const FIRST = 100;

export const fields = [
  ...['id', 'nativeId', 'buyer', 'status', 'volume'],
  ...['tasksCompleted', 'tasksFailed', 'createdAt', 'createdHeight', 'endedAt'],
];

export const listQuery = `query List($skip: Int!) { jobs(first: ${FIRST}, skip: $skip) { ${fields.join(' ')} } }`;

/** The rows that a database would give, as `pg` gives them; the same for every subject. */
export function makeRows() {
  return Array.from({ length: FIRST }, (_, index) => ({
    id: `bench:${1_000_000 + index}`,
    nativeId: String(1_000_000 + index),
    buyer: `0x${index.toString(16).padStart(40, '0')}`,
    status: 'completed',
    volume: 1,
    tasksCompleted: 1,
    tasksFailed: 0,
    createdAt: new Date(1_767_225_600_000 + index * 60_000),
    createdHeight: 1_000 + index,
    endedAt: new Date(1_767_229_200_000 + index * 60_000),
  }));
}
