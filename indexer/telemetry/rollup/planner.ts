/**
 * For statements that take whole hours of many nodes, within one transaction: of tables that were filled a moment ago the planner
 * thinks that they are empty, and would join them row by row, or sort millions of rows for a few groups. One core is enough: those
 * who wait for a commit need the other ones. What a crash of the server takes back is made again from the same beats.
 */
export const rollupSettings = `
  set local synchronous_commit = off;
  set local jit = off;
  set local max_parallel_workers_per_gather = 0;
  set local work_mem = '64MB';
  set local enable_nestloop = off;
  set local enable_mergejoin = off;
  set local enable_sort = off
`;
