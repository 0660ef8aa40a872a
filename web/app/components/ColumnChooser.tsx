import { Form } from '@remix-run/react';
import { useText } from '../i18n/useText.js';

export interface ColumnChooserProps {
  readonly action: string;
  /** Labels are keys of the catalogue. */
  readonly columns: readonly { readonly id: string; readonly label: string }[];
  readonly shown: ReadonlySet<string>;
  /** All else that the address holds. */
  readonly params: URLSearchParams;
}

/** Columns as a GET form: what is ticked stands in the address, and so in every link to it. */
export function ColumnChooser({ action, columns, shown, params }: ColumnChooserProps) {
  const t = useText();
  const kept = [...params].filter(([name]) => name !== 'columns');
  return (
    <details className="column-chooser">
      <summary>{t('Columns')}</summary>
      <Form method="get" action={action} preventScrollReset key={[...shown].join()}>
        <fieldset>
          <legend className="visually-hidden">{t('Columns to show')}</legend>
          {columns.map(({ id, label }) => (
            <label key={id} className="tick">
              <input type="checkbox" name="columns" value={id} defaultChecked={shown.has(id)} />
              {t(label)}
            </label>
          ))}
        </fieldset>
        {kept.map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        <button type="submit">{t('Show these')}</button>
      </Form>
    </details>
  );
}
