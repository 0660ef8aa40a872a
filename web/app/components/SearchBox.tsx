import { Form, useLocation, useNavigate } from '@remix-run/react';
import { type KeyboardEvent as Typing, useEffect, useRef, useState } from 'react';
import { useText } from '../i18n/useText.js';
import { useKept } from '../keptMoment.js';
import { withKept } from '../moment.js';
import { readSearch, searchLabels } from '../readSearch.js';
import { type Suggestion, useSuggestions } from '../useSuggestions.js';
import { hitKinds } from './hitKinds.js';
import { KeptFields } from './Link.js';
import { ShortId } from './ShortId.js';

/**
 * A GET form of one field. With scripts its button says what the text may be, text that can be nothing is not sent, what would be
 * found is offered below, and `/` leads here from anywhere.
 */
export function SearchBox() {
  const t = useText();
  const { pathname, search } = useLocation();
  const asked = pathname === '/search' ? (new URLSearchParams(search).get('q') ?? '') : '';
  // A new question of the address is a new box.
  return <Box key={asked} asked={asked} label={t('Search')} />;
}

function Box({ asked, label }: { readonly asked: string; readonly label: string }) {
  const t = useText();
  const navigate = useNavigate();
  const kept = useKept();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(asked);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isScripted, setScripted] = useState(false);
  const read = readSearch(typed);
  const hits = useSuggestions(isOpen && read.text.length > 1 && !read.refusal ? read.text : null);
  const shown = isOpen ? hits : [];
  const chosen = shown[active];

  useEffect(() => {
    // What was typed before the scripts came stands in the box alone.
    setTyped(input.current?.value ?? '');
    setScripted(true);
  }, []);
  useEffect(() => listenForSlash(input), []);

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const go = (path: string) => {
    close();
    setTyped('');
    input.current?.blur();
    navigate(withKept(path, kept));
  };
  const onKeyDown = (event: Typing) => {
    if (event.key === 'Escape' && isOpen && shown.length > 0) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setActive(toNext(active, shown.length, event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      go(chosen.path);
    }
  };
  return (
    <Form
      method="get"
      action="/search"
      className="site-search"
      role="search"
      onSubmit={(event) => {
        if (read.refusal || (read.kind === 'empty' && pathIsHere(event.currentTarget))) event.preventDefault();
        else close();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <input
        ref={input}
        type="search"
        name="q"
        value={typed}
        maxLength={300}
        aria-label={t('Search: address, transaction, job, block or name')}
        placeholder={t('Address, transaction, job, block or name')}
        aria-keyshortcuts="/"
        aria-invalid={read.refusal ? true : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...(isScripted
          ? {
              role: 'combobox',
              'aria-autocomplete': 'list' as const,
              'aria-expanded': shown.length > 0,
              'aria-controls': 'search-suggestions',
              'aria-activedescendant': chosen ? toOptionId(active) : undefined,
              'aria-describedby': 'search-hint',
            }
          : {})}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
      />
      <KeptFields />
      <button type="submit">{read.kind === 'empty' ? label : t(searchLabels[read.kind])}</button>
      <p id="search-hint" role="status" className={read.refusal ? 'search-hint' : 'visually-hidden'}>
        {read.refusal
          ? t(read.refusal, { n: read.count })
          : shown.length > 0
            ? t.count(shown.length, '{n} suggestion', '{n} suggestions')
            : ''}
      </p>
      {isScripted ? (
        <div id="search-suggestions" role="listbox" aria-label={t('Suggestions')} hidden={shown.length === 0}>
          {shown.map((hit, place) => (
            <Option key={`${hit.kind} ${hit.id}`} hit={hit} place={place} isActive={place === active} go={go} />
          ))}
        </div>
      ) : null}
    </Form>
  );
}

interface OptionProps {
  readonly hit: Suggestion;
  readonly place: number;
  readonly isActive: boolean;
  readonly go: (path: string) => void;
}

/** Reached by the arrows from the box, which keeps the focus. */
function Option({ hit, place, isActive, go }: OptionProps) {
  const t = useText();
  return (
    <div
      id={toOptionId(place)}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      onMouseDown={(event) => {
        event.preventDefault();
        go(hit.path);
      }}
    >
      <span className="kind">{t(hitKinds[hit.kind]?.one ?? hit.kind)}</span>
      <span className="name">
        <ShortId id={hit.title} />
      </span>
      <span className="muted">{hit.place}</span>
    </div>
  );
}

function toOptionId(place: number): string {
  return `search-suggestion-${place}`;
}

/** From the box into the list and around: before the first stands the box itself. */
function toNext(active: number, count: number, step: number): number {
  return count === 0 ? -1 : ((active + 1 + step + count + 1) % (count + 1)) - 1;
}

/** An empty box is sent on from everywhere but here, to the page that says what can be searched for. */
function pathIsHere(form: HTMLFormElement): boolean {
  return form.ownerDocument.location.pathname === '/search';
}

/** Unless somebody is writing something. */
function listenForSlash(input: { readonly current: HTMLInputElement | null }): () => void {
  const listen = (event: KeyboardEvent) => {
    const at = event.target as HTMLElement | null;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at?.isContentEditable || at?.closest('input, textarea, select')) return;
    event.preventDefault();
    input.current?.focus();
    input.current?.select();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
