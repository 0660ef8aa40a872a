import { type ComponentType, lazy, Suspense, useState } from 'react';

/** A component whose scripts a page does not need to be painted. */
export interface Later<Props> {
  /** Shows nothing until it is there. */
  readonly Waiting: ComponentType<Props>;
  /** Once it is there. */
  readonly find: () => ComponentType<Props> | undefined;
}

/**
 * Of all modules that are loaded so far. The server loads them before it writes a page, and the browser before it takes one over: what React
 * finds unloaded it leaves for later, and throws it away, with what a reader typed into it, as soon as anything of the page changes (its
 * error 421).
 */
export const parts: { readonly load: () => Promise<unknown> }[] = [];

export function later<Props extends object>(importPart: () => Promise<ComponentType<Props>>): Later<Props> {
  let found: ComponentType<Props> | undefined;
  const load = async () => {
    found ??= await importPart();
    return found;
  };
  const Waiting = lazy(async () => ({ default: await load().catch(askServer) })) as unknown as ComponentType<Props>;
  parts.push({ load });
  return { Waiting, find: () => found };
}

/** What is not there any more, as after an update, the server's page is whole without. */
function askServer(): Promise<never> {
  window.location.reload();
  return new Promise(() => undefined);
}

interface PartProps<Props> {
  /** The same for as long as it stands: where two take turns they need keys. */
  readonly of: Later<Props>;
  readonly with: Props;
}

/** On pages that the reader goes on to, it comes when it is there. */
export function Part<Props extends object>({ of: { find, Waiting }, with: props }: PartProps<Props>) {
  // What has begun one way goes on so: another element would be made anew.
  const [Ready] = useState(find);
  return Ready ? (
    <Ready {...props} />
  ) : (
    <Suspense>
      <Waiting {...props} />
    </Suspense>
  );
}
