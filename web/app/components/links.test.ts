import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const app = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Forms that hand on all that the address says. */
const keepsAll = ['ViewBar.tsx', 'ColumnChooser.tsx'];

describe('links between pages', () => {
  it('are those that keep the moment of the page', () => {
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /(?<!\.test)\.tsx$/.test(path),
    );
    const strays = files.filter((path) =>
      /import \{[^}]*\b(Link|NavLink)\b[^}]*\} from '@remix-run\/react'/.test(readFileSync(join(app, path), 'utf8')),
    );
    expect(strays).toEqual([]);
  });

  it('and forms that lead to a page by GET keep it, too', () => {
    const files = readdirSync(join(app, 'components'), { encoding: 'utf8' }).filter((path) => path.endsWith('.tsx'));
    const strays = files.filter((path) => {
      const text = readFileSync(join(app, 'components', path), 'utf8');
      return text.includes('method="get"') && !text.includes('<KeptFields />') && !keepsAll.includes(path);
    });
    expect(strays).toEqual([]);
  });
});
