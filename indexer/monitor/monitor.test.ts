import { readFileSync } from 'node:fs';
import { createMonitor, type Monitor } from './createMonitor.js';
import type { SyncReport } from './SyncReport.js';
import { startMonitorServer } from './startMonitorServer.js';

const chain = { chainId: 7, name: 'Seven' };
const T0 = Date.UTC(2026, 0, 10, 12);
const at = (seconds: number) => new Date(T0 + seconds * 1000);

/** Stands at block 100 of a head at 100, both of this moment. */
const current: readonly SyncReport[] = [
  { kind: 'begun', chainId: 7, startHeight: 1, height: undefined },
  { kind: 'phase', chainId: 7, phase: 'live' },
  { kind: 'head', chainId: 7, head: { height: 100, time: at(0) }, safeHeight: 90, finalizedHeight: 80 },
  { kind: 'written', chainId: 7, last: { height: 100, time: at(0) }, events: 12, quarantined: 1 },
];

const score = {
  name: 'https://node.example',
  role: 'any',
  state: 'usable',
  requests: 10,
  calls: 40,
  bytes: 5_000,
  failures: 1,
  faults: 0,
  lastFault: undefined,
  latencyMs: 20,
  rateLimit: 50,
  headHeight: 100,
  setAsideUntil: undefined,
} as const;

function openMonitor(options: { readonly elapsedSeconds?: number; readonly ofProcess?: boolean } = {}): Monitor {
  let elapsed = 0;
  const monitor = createMonitor({
    chains: [chain],
    runtime: { now: () => elapsed * 1000, wallTime: () => at(elapsed) },
    readyLagSeconds: 120,
    ofProcess: options.ofProcess ?? false,
  });
  // What is reported was reported before the time that has passed since.
  queueMicrotask(() => {
    elapsed = options.elapsedSeconds ?? 0;
  });
  return monitor;
}

async function ask(reports: readonly SyncReport[], elapsedSeconds = 0) {
  const monitor = openMonitor({ elapsedSeconds });
  for (const report of reports) monitor.report(report);
  await Promise.resolve();
  const { ready, chains } = monitor.toReadiness();
  return { ready, reason: chains[0]?.reason };
}

describe('readiness', () => {
  it('holds at the head, for a standby (which says so) and for a recording that is complete', async () => {
    expect(await ask(current)).toEqual({ ready: true, reason: undefined });
    expect(await ask([{ kind: 'phase', chainId: 7, phase: 'standby' }])).toEqual({
      ready: true,
      reason: expect.stringMatching(/another indexer holds the lease/),
    });
    expect(await ask([{ kind: 'phase', chainId: 7, phase: 'complete' }], 9_999)).toMatchObject({ ready: true });
  });

  it('does not hold before the sync has begun, nor when it is halted', async () => {
    expect(await ask([])).toEqual({ ready: false, reason: 'its sync has not started' });
    const halted: SyncReport = { kind: 'phase', chainId: 7, phase: 'halted', reason: 'deeper than finality' };
    expect(await ask([...current, halted])).toEqual({ ready: false, reason: 'halted: deeper than finality' });
  });

  it('goes with the lag limit, not a second before', async () => {
    const behind = (seconds: number): SyncReport => ({
      kind: 'head',
      chainId: 7,
      head: { height: 110, time: at(seconds) },
    });
    expect(await ask([...current, behind(120)])).toMatchObject({ ready: true });
    expect(await ask([...current, behind(121)])).toEqual({
      ready: false,
      reason: 'what is written lies 10 blocks and 121 s behind the head, more than 120 s',
    });
  });

  it('goes when the source falls silent, or its head stands still', async () => {
    expect(await ask(current, 120)).toMatchObject({ ready: true });
    expect(await ask(current, 121)).toEqual({
      ready: false,
      reason: 'its source last answered 121 s ago, more than 120 s',
    });
    const old: SyncReport = { kind: 'head', chainId: 7, head: { height: 100, time: at(-121) } };
    expect(await ask([...current, old])).toEqual({
      ready: false,
      reason: 'its head has stood still for 121 s, more than 120 s',
    });
  });
});

describe('metrics', () => {
  it('are exactly those that docs/metrics.md lists', async () => {
    const docs = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    const listed = [...docs.matchAll(/^\| `(computescan_\w+)` \| (\w+)/gm)].map(([, name, kind]) => `${name} ${kind}`);
    const text = await openMonitor().renderMetrics();
    const served = [...text.matchAll(/^# TYPE (\S+) (\w+)/gm)].map(([, name, kind]) => `${name} ${kind}`);
    expect(served.sort()).toEqual(listed.sort());
    expect(await openMonitor({ ofProcess: true }).renderMetrics()).toMatch(/^process_resident_memory_bytes \d/m);
  });

  it('say where the chain stands, how often it was taken back, and what it cost', async () => {
    const monitor = openMonitor();
    for (const report of current) monitor.report(report);
    monitor.report({ kind: 'reorg', chainId: 7, from: 100, height: 97 });
    monitor.report({ kind: 'timing', chainId: 7, stage: 'write', seconds: 0.02 });
    monitor.report({ kind: 'endpoints', chainId: 7, scores: [score] });
    monitor.report({
      kind: 'endpoints',
      chainId: 7,
      scores: [{ ...score, requests: 15, state: 'setAside', faults: 2 }],
    });
    const samples = toSamples(await monitor.renderMetrics());
    expect(samples).toMatchObject({
      'computescan_chain_height{chain="7"}': 97,
      'computescan_chain_lag_blocks{chain="7"}': 3,
      'computescan_chain_phase{chain="7",phase="live"}': 1,
      'computescan_chain_phase{chain="7",phase="halted"}': 0,
      'computescan_events_written_total{chain="7"}': 12,
      'computescan_quarantined_total{chain="7"}': 1,
      'computescan_reorgs_total{chain="7"}': 1,
      'computescan_reorg_depth_blocks_sum{chain="7"}': 3,
      'computescan_write_seconds_count{chain="7"}': 1,
      'computescan_rpc_requests_total{chain="7",endpoint="https://node.example"}': 15,
      'computescan_rpc_faults_total{chain="7",endpoint="https://node.example"}': 2,
      'computescan_rpc_latency_seconds{chain="7",endpoint="https://node.example"}': 0.02,
      'computescan_rpc_set_aside{chain="7",endpoint="https://node.example"}': 1,
    });
  });

  it('have no sample for what is not known', async () => {
    const samples = toSamples(await openMonitor().renderMetrics());
    expect(Object.keys(samples)).not.toContain('computescan_chain_height{chain="7"}');
    expect(Object.keys(samples)).not.toContain('computescan_chain_lag_seconds{chain="7"}');
  });
});

describe('the monitor server', () => {
  it('serves metrics and health, 503 with the reason while not ready, and 404 for the rest', async () => {
    const monitor = openMonitor();
    const server = await startMonitorServer({ monitor, host: '127.0.0.1', port: 0 });
    try {
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      const early = await fetch(`${server.url}/health/ready`);
      expect([early.status, await early.json()]).toEqual([
        503,
        { ready: false, chains: [expect.objectContaining({ chain: 7, reason: 'its sync has not started' })] },
      ]);
      for (const report of current) monitor.report(report);
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      const metrics = await fetch(`${server.url}/metrics`);
      expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=/);
      expect(await metrics.text()).toContain('computescan_chain_height{chain="7"} 100');
      expect((await fetch(`${server.url}/`)).status).toBe(404);
      expect((await fetch(`${server.url}/metrics`, { method: 'POST' })).status).toBe(405);
    } finally {
      await server.close();
    }
  });

  it('says which setting to change when its port is taken', async () => {
    const monitor = openMonitor();
    const server = await startMonitorServer({ monitor, host: '127.0.0.1', port: 0 });
    const port = Number(new URL(server.url).port);
    await expect(startMonitorServer({ monitor, host: '127.0.0.1', port })).rejects.toThrow(/INDEX_PORT/);
    await server.close();
  });
});

function toSamples(text: string): Readonly<Record<string, number>> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}
