import { Form } from '@remix-run/react';
import { useText } from '../i18n/useText.js';
import { KeptFields } from './Link.js';

/** Asks for whose providers to show: a plain GET form. */
export function OperatorForm({ value }: { readonly value?: string }) {
  const t = useText();
  return (
    <Form method="get" action="/operators" className="filters operator-form">
      <label>
        <span>{t('Address or name')}</span>
        <input
          type="search"
          name="q"
          defaultValue={value}
          placeholder="0x…"
          maxLength={256}
          required
          autoComplete="off"
        />
      </label>
      <KeptFields />
      <button type="submit">{t('Show')}</button>
    </Form>
  );
}
