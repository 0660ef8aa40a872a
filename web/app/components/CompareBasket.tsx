import { Form } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { toClean } from '../format.js';
import { useText } from '../i18n/useText.js';
import { KeptFields } from './Link.js';

const BASKET = 'compare-basket';
export const MAX_COMPARED = 4;

/** Where ticked providers go: a GET form, which the boxes in the rows belong to wherever they stand. */
export function CompareBasket() {
  const t = useText();
  const form = useRef<HTMLFormElement>(null);
  const [ticked, setTicked] = useState(0);
  useEffect(() => {
    const count = () => setTicked(form.current ? new FormData(form.current).getAll('ids').length : 0);
    count();
    document.addEventListener('change', count);
    return () => document.removeEventListener('change', count);
  }, []);
  const said =
    ticked > MAX_COMPARED
      ? t('{ticked} ticked: four at most can stand side by side. Untick some.', { ticked })
      : ticked > 0
        ? t('{ticked} of 4 ticked.', { ticked })
        : t('Tick up to four providers to see them side by side.');
  return (
    <Form method="get" action="/compare" id={BASKET} className="basket" ref={form}>
      <KeptFields />
      <button type="submit">{t('Compare')}</button>
      <span role="status" className={ticked > MAX_COMPARED ? 'problem' : 'muted'}>
        {said}
      </span>
    </Form>
  );
}

export interface CompareTickProps {
  readonly provider: { readonly id: string; readonly nativeId: string; readonly name: string | null };
}

export function CompareTick({ provider: { id, nativeId, name } }: CompareTickProps) {
  const t = useText();
  return (
    <label className="compare-tick">
      <input
        type="checkbox"
        name="ids"
        value={id}
        form={BASKET}
        aria-label={t('Compare {name}', { name: toClean(name || nativeId, 60) })}
      />
    </label>
  );
}
