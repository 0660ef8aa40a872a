/** Which of `count` things belong together, by pairs that do. Of two sets the one with the lower number gives its number. */
export interface UnionFind {
  readonly join: (one: number, other: number) => void;
  readonly find: (thing: number) => number;
  /** The number of the set of each thing: its lowest member. */
  readonly toSets: () => Int32Array;
}

export function createUnionFind(count: number): UnionFind {
  const parent = Int32Array.from({ length: count }, (_, thing) => thing);
  const find = (thing: number) => {
    let root = thing;
    while (parent[root] !== root) root = parent[root] ?? 0;
    for (let node = thing; node !== root; ) {
      const next = parent[node] ?? 0;
      parent[node] = root;
      node = next;
    }
    return root;
  };
  return {
    find,
    join: (one, other) => {
      const [a, b] = [find(one), find(other)];
      if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
    },
    toSets: () => Int32Array.from({ length: count }, (_, thing) => find(thing)),
  };
}
