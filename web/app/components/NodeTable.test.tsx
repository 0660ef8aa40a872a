import { renderToStaticMarkup } from 'react-dom/server';
import { type ClaimedGpu, type NodeRow, NodeTable } from './NodeTable.js';

const gpu: ClaimedGpu = {
  ...{ model: { name: 'NVIDIA H100' }, claimed: 'h100-sxm', count: 8, vramMib: 81_920 },
  ...{ plausible: true, reasons: [] },
};

function toNode(id: string, more: Partial<NodeRow>): NodeRow {
  const work = { attempts: '0', accepted: '0', rejected: '0', lastActiveAt: null };
  return { id, nativeId: id, active: true, region: null, gpu: null, ...work, ...more };
}

const render = (...nodes: readonly NodeRow[]) =>
  renderToStaticMarkup(<NodeTable caption="All" nodes={nodes} recorded={false} />);

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
