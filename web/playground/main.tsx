import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './playground.css';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetcher } from './ask.js';
import { CopyAsCurl } from './CopyAsCurl.js';
import { examplesPlugin } from './ExamplesPlugin.js';
import { welcome } from './examples.js';

const plugins = [examplesPlugin, HISTORY_PLUGIN];

/** The explorer's own choice, else the system's; the settings here can override it for this page. */
function readTheme(): 'light' | 'dark' | null {
  const chosen = /(?:^|;\s*)theme=(light|dark)\b/.exec(document.cookie)?.[1];
  return chosen === 'light' || chosen === 'dark' ? chosen : null;
}

function Playground() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      visiblePlugin={examplesPlugin}
      defaultTheme={readTheme()}
      defaultQuery={welcome}
      defaultEditorToolsVisibility="variables"
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>
        <a className="graphiql-logo-link" href="/">
          Computescan
        </a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyAsCurl />
          </>
        )}
      </GraphiQL.Toolbar>
    </GraphiQL>
  );
}

const root = document.getElementById('playground');
if (root) createRoot(root).render(<Playground />);
