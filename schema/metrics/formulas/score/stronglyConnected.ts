/** Arrows of a graph by where they start: those of node n are `to[start[n]..start[n + 1])`. */
export interface Arrows {
  readonly start: Int32Array;
  readonly to: Int32Array;
}

export function toArrows(nodes: number, edges: readonly { readonly from: number; readonly to: number }[]): Arrows {
  const start = new Int32Array(nodes + 1);
  for (const { from } of edges) start[from + 1] = (start[from + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice();
  const to = new Int32Array(edges.length);
  for (const edge of edges) {
    const place = next[edge.from] ?? 0;
    to[place] = edge.to;
    next[edge.from] = place + 1;
  }
  return { start, to };
}

/**
 * The strongly connected components of a graph (Tarjan 1972): for each node the number of its component. With a stack of its own
 * instead of recursion, so that no length of a ring ends it.
 */
export function stronglyConnected({ start, to }: Arrows): Int32Array {
  const nodes = start.length - 1;
  const component = new Int32Array(nodes).fill(-1);
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const next = start.slice();
  const open: number[] = [];
  const path: number[] = [];
  let visited = 0;
  let components = 0;
  const enter = (node: number) => {
    index[node] = visited;
    low[node] = visited;
    visited += 1;
    open.push(node);
    path.push(node);
  };
  for (let root = 0; root < nodes; root += 1) {
    if (index[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const arrow = next[node] ?? 0;
      if (arrow < (start[node + 1] ?? 0)) {
        next[node] = arrow + 1;
        const child = to[arrow] ?? 0;
        if (index[child] === -1) enter(child);
        else if (component[child] === -1) low[node] = Math.min(low[node] ?? 0, index[child] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      if (low[node] !== index[node]) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component[member] = components;
        if (member === node) break;
      }
      components += 1;
    }
  }
  return component;
}
