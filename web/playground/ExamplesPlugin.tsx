import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useRef, useState } from 'react';
import { ask } from './ask.js';
import { examples, isOurs, readers } from './examples.js';
import { fillVariables } from './fillVariables.js';
import type { Example } from './parseExample.js';

export const examplesPlugin: GraphiQLPlugin = { title: 'Examples', icon: ListIcon, content: ExampleList };

function ListIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M8 6h12M8 12h12M8 18h12" strokeLinecap="round" />
      <circle cx="4" cy="6" r="1" />
      <circle cx="4" cy="12" r="1" />
      <circle cx="4" cy="18" r="1" />
    </svg>
  );
}

function ExampleList() {
  const [wanted, setWanted] = useState('');
  const show = useShowExample();
  const found = examples.filter(({ title, summary }) => `${title} ${summary}`.toLowerCase().includes(wanted));
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <input
        type="search"
        placeholder="Find an example"
        aria-label="Find an example"
        onChange={(event) => setWanted(event.target.value.trim().toLowerCase())}
      />
      {readers.map(([reader, name]) => {
        const theirs = found.filter((example) => example.reader === reader);
        if (theirs.length === 0) return null;
        return (
          <details key={reader} open={wanted !== '' || reader === readers[0]?.[0]}>
            <summary>
              {name} <span className="examples-count">{theirs.length}</span>
            </summary>
            <ul>
              {theirs.map((example) => (
                <li key={example.id}>
                  <button type="button" data-example={example.id} onClick={() => show(example)}>
                    <strong>{example.title}</strong>
                    <span>{example.summary}</span>
                  </button>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
      {found.length === 0 && <p>No example has these words.</p>}
    </section>
  );
}

/** Puts an example into the editor, and into a tab of its own where the reader has written something. */
function useShowExample(): (example: Example) => Promise<void> {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const chosen = useRef<Example>(undefined);
  return async (example) => {
    chosen.current = example;
    const variables = await fillVariables(example.variables, { ask, now: new Date() });
    // Another one may have been chosen while this one's values were looked up.
    if (chosen.current !== example) return;
    const written = queryEditor?.getValue().trim() ?? '';
    if (!isOurs(written)) addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue(Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : '');
  };
}
