/**
 * `npm run tidy`: places to look, not faults. Long files, long functions and names that say nothing, in everything
 * git knows or would add. Always ends well.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report } from '../cli/prepare.mjs';

const FILE_LINES = 250;
const FUNCTION_LINES = 70;
const drawer = /^(utils?|helpers?|common|misc|shared|managers?|services?)$/i;
/** `orderUtils`, `JobManager`: a drawer as the last word of a name. */
const drawerWord = /[a-z0-9](Utils?|Helpers?|Common|Misc|Shared|Managers?|Services?)$/;
const patched = /^(new|legacy)[A-Z_-]|[A-Za-z]2$/;
const generated = /\.d\.ts$|^schema\/protocols\/abis\/|\/graphql-env\./;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await tidy().catch(report);

async function tidy() {
  const { default: ts } = await import('typescript');
  const files = listSources();
  const places = { files: [], functions: [], names: [] };
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    const lines = text.trimEnd().split('\n').length;
    if (lines > FILE_LINES) places.files.push({ where: file, lines });
    const kind = file.endsWith('.tsx')
      ? ts.ScriptKind.TSX
      : file.endsWith('.mjs')
        ? ts.ScriptKind.JS
        : ts.ScriptKind.TS;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
    places.functions.push(...listLongFunctions(ts, source));
    places.names.push(...listTopNames(ts, source).filter(({ name }) => isDrawer(name)));
  }
  places.names.unshift(...listPathNames(files).filter(({ name }) => isDrawer(name)));
  print(files.length, places);
}

function print(count, { files, functions, names }) {
  const longest = (a, b) => b.lines - a.lines;
  printList(`Files over ${FILE_LINES} lines`, files.sort(longest), ({ lines, where }) => `${lines}  ${where}`);
  printList(
    `Functions over ${FUNCTION_LINES} lines`,
    functions.sort(longest),
    ({ lines, where, name }) => `${lines}  ${where}  ${name}`,
  );
  printList('Names that say nothing', names, ({ where, name }) => `${name}  ${where}`);
  const total = files.length + functions.length + names.length;
  process.stdout.write(`${count} files read, ${total} ${total === 1 ? 'place' : 'places'} to look at.\n`);
}

function printList(title, places, toLine) {
  if (places.length === 0) return;
  process.stdout.write(`${title}\n${places.map((place) => `  ${toLine(place)}\n`).join('')}\n`);
}

function listSources() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\0')
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !generated.test(file) && existsSync(join(root, file)))
    .sort();
}

function listLongFunctions(ts, source) {
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body && !isSuite(ts, node)) {
      const lines = toLine(source, node.body.end) - toLine(source, node.body.getStart()) + 1;
      const line = toLine(source, node.getStart());
      if (lines > FUNCTION_LINES) found.push({ where: `${source.fileName}:${line}`, name: toName(ts, node), lines });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The callback of `describe` is a chapter, not a function. */
function isSuite(ts, node) {
  const call = node.parent;
  return ts.isCallExpression(call) && /^describe\b/.test(call.expression.getText());
}

function toName(ts, node) {
  if (node.name) return node.name.getText();
  if (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent)) return node.parent.name.getText();
  if (ts.isCallExpression(node.parent)) return `passed to ${node.parent.expression.getText().split('\n', 1)[0]}`;
  return 'without a name';
}

function listTopNames(ts, source) {
  return source.statements
    .flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement]))
    .filter(({ name }) => name && ts.isIdentifier(name))
    .map(({ name }) => ({ name: name.text, where: `${source.fileName}:${toLine(source, name.getStart())}` }));
}

function listPathNames(files) {
  const paths = new Set(files.flatMap((file) => [file, ...listParents(file)]));
  return [...paths].sort().map((path) => ({ name: basename(path).replace(/(\.test)?\.(tsx?|mjs)$/, ''), where: path }));
}

function listParents(path) {
  const parent = dirname(path);
  return parent === '.' ? [] : [parent, ...listParents(parent)];
}

function isDrawer(name) {
  return drawer.test(name) || drawerWord.test(name) || patched.test(name);
}

function toLine(source, position) {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}
