import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { OperatorForm } from '../components/OperatorForm.js';
import { textOf, useText } from '../i18n/useText.js';
import { parseId } from '../listState.js';
import { toKept, withKept } from '../moment.js';

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)('For operators')} · Computescan` },
  {
    name: 'description',
    content: textOf(matches)('For who runs machines: what buyers see of you, and what would raise your reputation.'),
  },
];

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams, search } = new URL(request.url);
  const asked = parseId(searchParams.get('q')?.trim());
  return asked ? redirect(withKept(`/operators/${encodeURIComponent(asked)}`, toKept(search))) : null;
}

export default function Operators() {
  const t = useText();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('For operators')}</h1>
          <p className="lead">
            {t(
              'How buyers see all that you run, why each score moved, and what would raise it: by the address that owns it, or by its name.',
            )}
          </p>
        </div>
      </div>
      <OperatorForm />
    </>
  );
}
