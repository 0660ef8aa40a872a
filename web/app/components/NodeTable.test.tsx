import { renderToStaticMarkup } from 'react-dom/server';
import { StaticRouter } from 'react-router-dom/server.js';
import type { ClaimedGpu } from './Machine.js';
import { type NodeRow, NodeTable } from './NodeTable.js';
import type { Reliability } from './ReliabilityFacts.js';

const gpu: ClaimedGpu = {
  ...{ model: { name: 'NVIDIA H100' }, claimed: 'h100-sxm', count: 8, vramMib: 81_920 },
  ...{ plausible: true, reasons: [] },
};

function toNode(id: string, more: Partial<NodeRow>): NodeRow {
  const work = { attempts: '0', accepted: '0', rejected: '0', lastActiveAt: null };
  const seen = { reliability: null, reachability: [] };
  return { id, nativeId: id, active: true, region: null, gpu: null, ...work, ...seen, ...more };
}

const render = (...nodes: readonly NodeRow[]) =>
  renderToStaticMarkup(
    <StaticRouter location="/">
      <NodeTable caption="All" nodes={nodes} recorded={false} />
    </StaticRouter>,
  );

describe('the machines of a provider', () => {
  it('are shown as what their claim is read as, and marked as a claim', () => {
    const html = render(toNode('a', { gpu, region: 'eu' }));
    expect(html).toContain('8 × NVIDIA H100 80 GB, eu');
    expect(html).toMatch(/badge-quiet" title="[^"]*Claimed: h100-sxm\."[^>]*>unverified claim/);
  });

  it('say why a claim cannot be, or cannot be judged', () => {
    const impossible = { ...gpu, plausible: false, reasons: ['impossibleVram', 'tooMany'] };
    expect(render(toNode('a', { gpu: impossible }))).toMatch(
      /badge-bad" title="This cannot be: that model was never sold with this memory; more GPUs[^"]*"[^>]*>implausible claim/,
    );
    const unknown = { ...gpu, model: null, claimed: 'Quantum\u202e 9000', plausible: null, reasons: ['unknownModel'] };
    const html = render(toNode('a', { gpu: unknown }));
    expect(html).toContain('8 × Quantum 9000 80 GB');
    expect(html).toMatch(/The catalogue knows no such GPU\.[^"]*"[^>]*>unverified claim/);
  });

  it('have no column for machines where nothing is said of any', () => {
    expect(render(toNode('a', {}))).not.toContain('Machine');
    expect(render(toNode('a', {}), toNode('b', { region: 'us' }))).toContain('Nothing said');
  });
});

const reliability: Reliability = {
  ...{ up: '4310', known: '4312', expected: '4320', maintenance: '0', maintenanceUp: '0', late: '0' },
  ...{ uptimeRaw: 4_310 / 4_312, uptimeSla: 4_310 / 4_312, coverage: 4_312 / 4_320, days: 3, ofDays: 30 },
  ...{ from: '2026-02-08T14:00:00.000Z', to: '2026-03-10T14:00:00.000Z', lastBeat: null, flags: [] },
  ...{ nodes: 1, nodesOnline: 1, online: true, rttMeanUs: null, rttMaxUs: null, utilMeanPermille: null },
};

describe('the heartbeats of nodes', () => {
  it('stand with how much of the time is behind them', () => {
    const html = render(toNode('a', { reliability }));
    expect(html).toContain('title="4,310 of 4,312 known minutes up, 8 more unknown (0.1 %)"');
    expect(html).toMatch(/99\.95 %<\/span> <span class="age">3 of 30 days/);
  });

  it('have words for each state, and no number where nothing is known', () => {
    const unknown = { ...reliability, uptimeRaw: null, days: 0, online: null };
    const html = render(
      toNode('a', { reliability }),
      toNode('b', { reliability: { ...reliability, online: false } }),
      toNode('c', { reliability: unknown }),
      toNode('d', {}),
    );
    for (const word of ['Online', 'Silent', 'Not known']) expect(html).toContain(`</span> ${word}</span>`);
    expect(html).toContain('Nothing is settled yet');
    expect(html.match(/No heartbeats: it does not send any/g)).toHaveLength(4);
  });

  it('say what is odd in a sentence', () => {
    const flag = { reason: 'frozen', text: 'The same readings.', slots: 60, from: '', to: '2026-03-10T14:00:00.000Z' };
    const html = render(toNode('a', { reliability: { ...reliability, flags: [flag] } }));
    expect(html).toContain('The same readings.');
    expect(html).toContain('60 minutes, last 2026-03-10 14:00 UTC');
  });

  it('have no columns where no node sends any', () => {
    expect(render(toNode('a', {}))).not.toContain('Uptime');
  });
});
