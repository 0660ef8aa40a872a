import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { toClean } from '../format.js';
import { useText } from '../i18n/useText.js';
import type { ReadWorkload, WorkloadName } from '../readWorkload.js';
import { KeptFields, Link } from './Link.js';

export interface WorkloadFormProps {
  readonly read: Pick<ReadWorkload, 'form' | 'problems' | 'isAsked'>;
  readonly models: readonly { readonly id: string; readonly name: string }[];
  readonly networks: readonly { readonly id: string; readonly title: string }[];
  readonly regions: readonly string[];
  readonly network: string | undefined;
  /** Other state that a new question keeps. */
  readonly kept: readonly (readonly [name: string, value: string])[];
}

/** What is to run, as a plain GET form: the answer is an address, with or without JavaScript. */
export function WorkloadForm({ read, models, networks, regions, network, kept }: WorkloadFormProps) {
  const t = useText();
  const { form, problems, isAsked } = read;
  return (
    <Form method="get" action="/providers" className="workload" key={JSON.stringify([form, network])}>
      <KeptFields />
      <h2>{t('What do you want to run?')}</h2>
      <div className="workload-fields">
        <Field name="model" label={t('GPU model')} problem={problems.model}>
          <select name="model" defaultValue={form.model.toLowerCase()} {...toState('model', problems)}>
            <option value="">{t('Any')}</option>
            {models.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <NumberField name="vram" label={t('GPU memory from (GiB)')} {...{ form, problems }} step="1" />
        <NumberField name="count" label={t('GPUs at once')} fallback="1" {...{ form, problems }} step="1" />
        <NumberField name="hours" label={t('Hours')} fallback="1" {...{ form, problems }} step="any" />
        <NumberField name="maxPrice" label={t('USD per GPU-hour up to')} {...{ form, problems }} step="any" />
        <NumberField name="minSuccess" label={t('Success from (%)')} {...{ form, problems }} step="any" />
        <Field name="network" label={t('Network')}>
          <select name="network" defaultValue={network ?? ''} id="workload-network">
            <option value="">{t('All networks')}</option>
            {networks.map(({ id, title }) => (
              <option key={id} value={id}>
                {toClean(title, 60)}
              </option>
            ))}
          </select>
        </Field>
        <Regions name="in" chosen={form.in} regions={regions} problem={problems.in} />
        <Regions name="out" chosen={form.out} regions={regions} problem={problems.out} />
      </div>
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <p className="workload-actions">
        <button type="submit" className="primary">
          {t('Rank providers')}
        </button>
        {isAsked ? (
          <Link to={network ? `/providers?network=${encodeURIComponent(network)}` : '/providers'}>
            {t('Clear, and list all providers')}
          </Link>
        ) : null}
      </p>
    </Form>
  );
}

type Problems = ReadWorkload['problems'];

function toState(name: WorkloadName, problems: Problems) {
  const id = `workload-${name}`;
  return problems[name] ? { id, 'aria-invalid': true, 'aria-describedby': `${id}-problem` } : { id };
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** A key of the catalogue. */
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

function Field({ name, label, problem, children }: FieldProps) {
  const t = useText();
  return (
    <div className="field">
      <label htmlFor={`workload-${name}`}>{label}</label>
      {children}
      {problem ? (
        <p className="problem" id={`workload-${name}-problem`}>
          {t(problem)}
        </p>
      ) : null}
    </div>
  );
}

interface NumberFieldProps {
  readonly name: Exclude<WorkloadName, 'in' | 'out'>;
  readonly label: string;
  readonly form: ReadWorkload['form'];
  readonly problems: Problems;
  /** Of a question that names none. */
  readonly fallback?: string;
  readonly step: string;
}

/** As text, with a keyboard of digits: a number field drops what it cannot read, and the page could not say what was wrong with it. */
function NumberField({ name, label, form, problems, fallback = '', step }: NumberFieldProps) {
  return (
    <Field name={name} label={label} problem={problems[name]}>
      <input
        type="text"
        inputMode={step === '1' ? 'numeric' : 'decimal'}
        autoComplete="off"
        name={name}
        maxLength={20}
        defaultValue={toClean(form[name], 60) || fallback}
        {...toState(name, problems)}
      />
    </Field>
  );
}

interface RegionsProps {
  readonly name: 'in' | 'out';
  readonly chosen: readonly string[];
  readonly regions: readonly string[];
  readonly problem?: string | undefined;
}

/** Those that machines name, and those that were asked for. */
function Regions({ name, chosen, regions, problem }: RegionsProps) {
  const t = useText();
  const all = [...new Set([...regions, ...chosen])];
  const label = name === 'in' ? t('In regions') : t('Not in regions');
  const none = name === 'in' ? t('any') : t('none');
  return (
    <div className="field regions">
      <details open={problem !== undefined}>
        <summary>
          {label}: <strong>{chosen.length > 0 ? chosen.map((region) => toClean(region, 24)).join(', ') : none}</strong>
        </summary>
        <fieldset>
          <legend className="visually-hidden">{label}</legend>
          {all.length === 0 ? <p className="muted">{t('No machine says where it stands.')}</p> : null}
          {all.map((region) => (
            <label key={region} className="tick">
              <input type="checkbox" name={name} value={region} defaultChecked={chosen.includes(region)} />
              {toClean(region, 40)}
            </label>
          ))}
        </fieldset>
      </details>
      {problem ? <p className="problem">{t(problem)}</p> : null}
    </div>
  );
}
