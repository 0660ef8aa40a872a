import { renderToStaticMarkup } from 'react-dom/server';
import { ExplorerLink, type ExplorerLinkProps } from './ExplorerLink.js';

const hash = `0x${'ab'.repeat(32)}`;
const toHref = (props: ExplorerLinkProps) =>
  /href="([^"]*)"/.exec(renderToStaticMarkup(<ExplorerLink {...props} />))?.[1];

describe('a link to a block explorer', () => {
  it('leads to the transaction, the address or the block', () => {
    const explorer = 'https://arbiscan.io';
    expect(toHref({ explorer, kind: 'tx', id: hash })).toBe(`https://arbiscan.io/tx/${hash}`);
    expect(toHref({ explorer, kind: 'address', id: hash.slice(0, 42) })).toBe(
      `${explorer}/address/${hash.slice(0, 42)}`,
    );
    expect(toHref({ explorer, kind: 'block', id: '4224' })).toBe('https://arbiscan.io/block/4224');
  });

  it('is none where the chain has no explorer, or the id is nothing that one knows', () => {
    expect(toHref({ explorer: null, kind: 'tx', id: hash })).toBeUndefined();
    expect(toHref({ explorer: 'https://arbiscan.io', kind: 'tx', id: '../../evil?' })).toBeUndefined();
    expect(toHref({ explorer: 'https://arbiscan.io', kind: 'block', id: '12"onclick=' })).toBeUndefined();
    expect(renderToStaticMarkup(<ExplorerLink explorer={null} kind="block" id="4224" />)).toBe('4,224');
  });
});
