import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { graphqlUrl } from './ask.js';
import { toCurl } from './toCurl.js';

const SAID_MS = 2_000;
const label = 'Copy as curl';

/** Copies what would be sent as a command; for two seconds it says whether that was possible. */
export function CopyAsCurl() {
  const [said, setSaid] = useState(label);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const operationName = useGraphiQL((state) => state.operationName);
  const copy = async () => {
    setSaid(await tell({ query: queryEditor?.getValue(), variables: variableEditor?.getValue(), operationName }));
    setTimeout(() => setSaid(label), SAID_MS);
  };
  return (
    <ToolbarButton label={said} onClick={copy} data-said={said}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
        <rect x="3" y="4" width="18" height="16" rx="2" strokeWidth="1.5" />
        <path d="m7 9 3 3-3 3M12.5 15.5H17" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </ToolbarButton>
  );
}

async function tell(asked: { query?: string; variables?: string; operationName?: string }): Promise<string> {
  if (!asked.query?.trim()) return 'There is no query to copy';
  try {
    await navigator.clipboard.writeText(toCurl({ ...asked, query: asked.query, url: graphqlUrl }));
    return 'Copied';
  } catch (thrown) {
    return thrown instanceof SyntaxError ? 'The variables are no JSON' : 'The browser allows no copying here';
  }
}
