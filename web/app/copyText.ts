/** Puts a text on the clipboard; resolves with whether it is there. */
export async function copyText(text: string): Promise<boolean> {
  // Browsers have this only on pages that came by TLS or from this machine.
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  return copyMarked(text);
}

/** The older way, which a page without TLS is left with: what is marked is copied. */
function copyMarked(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return isCopied;
}
