import { median, say, toRow } from '../run/rows.mjs';
import { openPages } from './openPages.mjs';

const MAX_CPU_MS = 8;
const PER_SECOND = 100;
const MAX_P95_MS = 60;
const MAX_HTML_KB = 60;
const LEAST_SHARE_SENT = 0.98;
const ROWS = 50;

/** Every page of the list in every order, so that no page is asked for twice in a row. */
const orders = ['jobs', 'tasksCompleted', 'score', 'uptimeLower', 'stake', 'lastActiveAt', 'id', 'latestPrice'];
const paths = orders.flatMap((order) =>
  Array.from({ length: 20 }, (_, page) => `/providers?sort=${order}&dir=${page % 2 ? 'asc' : 'desc'}&page=${page + 1}`),
);

/** What a page of fifty of a thousand providers costs the process that makes it, and how long a reader waits when many read. */
export async function measureList({ server, quick, runs }) {
  const pages = await openPages(server, { quick, connections: 64 });
  try {
    const { bytes, html } = await pages.reader.read(paths[0]);
    const rows = html().match(/<tr role="row"/g)?.length ?? 0;
    if (rows < ROWS) throw new Error(`expected a page of ${ROWS} rows, got ${rows}`);
    // Compiled as hot as it will be.
    for (let warm = 0; warm < 300; warm++) await pages.reader.read(paths[(warm * 7) % paths.length]);
    const cpu = [];
    for (let run = 0; run < runs; run++) cpu.push(await measureCpu(pages, quick ? 100 : 400));
    say(`list: CPU per page ${cpu.map((ms) => ms.toFixed(2)).join(', ')} ms`);
    const loads = [];
    for (let run = 0; run < runs; run++) {
      const load = await drive(pages, quick ? 5 : 20);
      say(
        `list: ${PER_SECOND}/s: p50 ${load.p50.toFixed(1)}, p95 ${load.p95.toFixed(1)} ms; ${load.cores.toFixed(2)} cores`,
      );
      loads.push(load);
    }
    const sent = Math.min(...loads.map(({ share }) => share));
    const refused = loads.reduce((sum, load) => sum + load.refused, 0);
    const late =
      refused > 0
        ? `${refused} were answered by an error, as one ran out of its time`
        : sent < LEAST_SHARE_SENT
          ? `only ${(sent * 100).toFixed(0)} % could be sent`
          : undefined;
    const what = `list of 1,000 providers, page of ${ROWS}`;
    return [
      toRow(`${what}, processor time of the pages' process`, 'ms', median(cpu), { max: MAX_CPU_MS }),
      toRow(
        `${what}, ${PER_SECOND} requests/s, p95`,
        'ms',
        median(loads, ({ p95 }) => p95),
        { max: MAX_P95_MS },
        late,
      ),
      toRow(
        `${what}, ${PER_SECOND} requests/s, cores of the pages' process`,
        'cores',
        median(loads, ({ cores }) => cores),
        { max: 1 },
      ),
      toRow(`${what}, HTML compressed`, 'kB', bytes / 1_000, { max: MAX_HTML_KB }),
    ];
  } finally {
    await pages.stop();
  }
}

/** One page after the other. */
async function measureCpu({ web, reader }, count) {
  const before = await web.cpuMicros();
  for (let index = 0; index < count; index++) await reader.read(paths[(index * 7) % paths.length]);
  return ((await web.cpuMicros()) - before) / 1_000 / count;
}

/** Open loop: request n is due n/rate after the beginning, whatever came back until then; a delay counts from when it was due. */
async function drive({ web, reader }, seconds) {
  const total = seconds * PER_SECOND;
  const before = await web.cpuMicros();
  const pending = [];
  let refused = 0;
  const began = performance.now();
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * PER_SECOND));
    for (; sent < due; sent++) {
      const at = began + (sent / PER_SECOND) * 1_000;
      const noteRefused = () => {
        refused += 1;
      };
      pending.push(
        reader
          .read(paths[(sent * 7) % paths.length])
          .catch(noteRefused)
          .then(() => performance.now() - at),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (performance.now() - began > seconds * 2_000) break;
  }
  const delays = (await Promise.all(pending)).sort((one, other) => one - other);
  const took = (performance.now() - began) / 1_000;
  const at = (share) => delays[Math.floor((delays.length - 1) * share)];
  const cores = ((await web.cpuMicros()) - before) / 1e6 / took;
  return { p50: at(0.5), p95: at(0.95), share: pending.length / total, cores, refused };
}
