import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { parseLanguage, toLanguageCookie } from '../i18n/text.js';
import { toLocalPath } from '../theme.js';

/** Keeps the reader's choice of language in a cookie and goes back to the page it was made on. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData().catch(() => undefined);
  const language = parseLanguage(form?.get('language'));
  if (!language) throw new Response(null, { status: 400 });
  return redirect(toLocalPath(form?.get('to')), { headers: { 'set-cookie': toLanguageCookie(language) } });
}

export function loader() {
  return redirect('/');
}
