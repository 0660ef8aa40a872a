import type { MetaArgs } from '@remix-run/react';
import { createContext, Fragment, type ReactNode, useContext } from 'react';
import { type Language, parseLanguage, type Translate, toTranslate } from './text.js';

const Text = createContext<Translate>(toTranslate('en'));

export function TextProvider({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  return <Text.Provider value={toTranslate(language)}>{children}</Text.Provider>;
}

export function useText(): Translate {
  return useContext(Text);
}

/** For a page's title, which is made outside of the tree: `meta = ({ matches }) => [{ title: textOf(matches)('Jobs') }]`. */
export function textOf(matches: readonly { readonly id: string; readonly data?: unknown }[]): Translate {
  const root = matches.find(({ id }) => id === 'root') as MetaArgs['matches'][number] | undefined;
  return toTranslate(parseLanguage((root?.data as { language?: unknown } | undefined)?.language) ?? 'en');
}

/** A text with elements in it: `<Rich text="See {status}." status={<Link to="/status">status</Link>} />`. */
export function Rich({ text, ...parts }: { readonly text: string; readonly [part: string]: ReactNode }) {
  const pieces = useText()(text).split(/\{(\w+)\}/);
  return (
    <>
      {pieces.map((piece, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
        <Fragment key={place}>{place % 2 === 0 ? piece : parts[piece]}</Fragment>
      ))}
    </>
  );
}
