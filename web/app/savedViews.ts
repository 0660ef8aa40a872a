/** Views of the pages by name, in the storage of one browser. A view is its address, from the site's root on. */
export interface SavedView {
  readonly name: string;
  readonly path: string;
}

const KEY = 'computescan.views';
const MOST = 50;

/** Nothing where the storage is closed, or holds what is none of ours. */
export function readViews(storage: Pick<Storage, 'getItem'>): readonly SavedView[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter(isView).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Whether it could be kept. */
export function writeViews(storage: Pick<Storage, 'setItem'>, views: readonly SavedView[]): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}

/** The newest first; the same address once, by its last name. */
export function keepView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return [view, ...views.filter(({ path }) => path !== view.path)].slice(0, MOST);
}

/** An address of this site only: what else stands in the storage leads nowhere. */
function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  const { name, path } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    name !== '' &&
    name.length <= 200 &&
    typeof path === 'string' &&
    /^\/(?![/\\])/.test(path)
  );
}
