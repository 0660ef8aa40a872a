import { Form } from '@remix-run/react';
import { useText } from '../i18n/useText.js';
import { KeptFields } from './Link.js';

export interface Filter {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  /** What stands for no filter; null: one of the choices always holds. */
  readonly any: string | null;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

export interface FilterFormProps {
  readonly action: string;
  readonly filters: readonly Filter[];
  /** Other state of the list that a new filter keeps, such as its order. */
  readonly kept: Readonly<Record<string, string>>;
}

/** Filters as a plain GET form: the answer is a URL, with or without JavaScript. */
export function FilterForm({ action, filters, kept }: FilterFormProps) {
  const t = useText();
  return (
    <Form method="get" action={action} className="filters" key={filters.map((filter) => filter.value).join()}>
      {filters.map((filter) => (
        <label key={filter.name}>
          <span>{filter.label}</span>
          <select name={filter.name} defaultValue={filter.value ?? ''}>
            {filter.any === null ? null : <option value="">{filter.any}</option>}
            {filter.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        </label>
      ))}
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <KeptFields />
      <button type="submit">{t('Apply')}</button>
    </Form>
  );
}
