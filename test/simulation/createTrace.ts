/** What happened in a run, as lines; two runs are the same when their digests are. */
export interface Trace {
  note(line: string): void;
  readonly digest: string;
  readonly length: number;
  /** The last lines, or all of them where the trace keeps them. */
  readonly lines: readonly string[];
}

const TAIL = 200;

export function createTrace(options: { readonly keep?: boolean } = {}): Trace {
  const lines: string[] = [];
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  let length = 0;
  return {
    note(line) {
      length += 1;
      for (let at = 0; at < line.length; at += 1) {
        const code = line.charCodeAt(at);
        one = Math.imul(one ^ code, 0x9e3779b1);
        two = Math.imul(two ^ code, 0x5f356495);
      }
      one = Math.imul(one ^ (one >>> 15), 0x85ebca6b);
      two = Math.imul(two ^ (two >>> 13), 0xc2b2ae35);
      lines.push(line);
      if (!options.keep && lines.length >= 2 * TAIL) lines.splice(0, lines.length - TAIL);
    },
    get digest() {
      return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
    },
    get length() {
      return length;
    },
    get lines() {
      return lines;
    },
  };
}
