import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { parseTheme, toLocalPath, toThemeCookie } from '../theme.js';

/** Keeps the reader's choice of theme in a cookie and goes back to the page it was made on. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData().catch(() => undefined);
  const theme = parseTheme(form?.get('theme'));
  if (!theme) throw new Response(null, { status: 400 });
  return redirect(toLocalPath(form?.get('to')), { headers: { 'set-cookie': toThemeCookie(theme) } });
}

export function loader() {
  return redirect('/');
}
