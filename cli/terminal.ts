import type { Report } from './roles.js';

/** What `up` shows while it works: a line that renews itself on a terminal, a line now and then elsewhere. */
export interface Display {
  say(line: string): void;
  show(report: Report): void;
}

const LINE_EVERY_MS = 5_000;

export function createDisplay(out: NodeJS.WriteStream): Display {
  const progress = { history: '', indexed: '' };
  let open = false;
  let caughtUp = false;
  let shownAt = 0;
  const say = (line: string) => {
    out.write(open ? `\r\u001b[K${line}\n` : `${line}\n`);
    open = false;
  };
  const refresh = () => {
    const line = `  ${[progress.indexed, progress.history].filter(Boolean).join('; ')}`;
    if (out.isTTY) {
      out.write(`\r\u001b[K${line.slice(0, (out.columns ?? 80) - 1)}`);
      open = true;
    } else if (Date.now() - shownAt > LINE_EVERY_MS) {
      say(line);
      shownAt = Date.now();
    }
  };
  return {
    say,
    show(report) {
      if (report.kind === 'devnet') {
        progress.history =
          report.phase === 'live' ? '' : `devnet ${report.phase} ${toPercent(report.done, report.total)}`;
        refresh();
      }
      if (report.kind === 'indexed') {
        const { height, headHeight, events } = report;
        progress.indexed = `indexed block ${count(height)} of ${count(headHeight)}, ${count(events)} new events`;
        const isWhole = height === headHeight && progress.history === '';
        if (!caughtUp || !isWhole) refresh();
        if (isWhole && !caughtUp)
          say(`  up to date: block ${count(height)}, ${count(events)} new events; following live`);
        caughtUp = isWhole;
      }
    },
  };
}

function toPercent(done: number, total: number): string {
  return total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
}

function count(value: number): string {
  return value.toLocaleString('en');
}
