import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ChainTable } from '../components/ChainTable.js';
import { EmptyState } from '../components/EmptyState.js';
import { ask } from '../data/ask.js';
import { statusQuery } from '../data/chainQueries.js';

export const handle = { live: true };

export const meta: MetaFunction = () => [
  { title: 'Status · Computescan' },
  { name: 'description', content: 'How far each chain is read, how fresh it is, and what was set aside.' },
];

export async function loader({ context }: LoaderFunctionArgs) {
  const { _meta: meta } = await ask(context, statusQuery, {});
  return { chains: meta?.chains ?? [] };
}

export default function Status() {
  const { chains } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Status</h1>
          <p className="lead">How far each chain is read, how fresh it is, and what was set aside.</p>
        </div>
      </div>
      {chains.length === 0 ? (
        <EmptyState title="No chain is being read yet.">
          The indexer has not started, or has not found its chain.
        </EmptyState>
      ) : (
        <ChainTable chains={chains} />
      )}
    </>
  );
}
