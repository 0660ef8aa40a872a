import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { german } from './de/index.js';

const app = join(dirname(fileURLToPath(import.meta.url)), '..');
const used = listUsedTexts();

describe('the German catalogue', () => {
  it('has every text that a page shows', () => {
    expect([...used].filter(([text]) => !(text in german)).map(([text, place]) => `${place}: ${text}`)).toEqual([]);
  });

  it('has no text that no page shows', () => {
    expect(Object.keys(german).filter((text) => !used.has(text))).toEqual([]);
  });

  it('is asked for every text: none stands on a page as it is', () => {
    expect(listBareTexts()).toEqual([]);
  });

  it('keeps the placeholders and the forms of each text', () => {
    const broken = Object.entries(german).filter(([english, text]) =>
      english.includes('|')
        ? text.split('|').length !== 2 || toPlaceholders(english).some((name) => !toPlaceholders(text).includes(name))
        : String(toPlaceholders(english)) !== String(toPlaceholders(text)),
    );
    expect(broken).toEqual([]);
  });
});

function toPlaceholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

/** What is the same in all languages, as paths are. */
const NAMES = /^(USD|Computescan|\/\S+)$/;
const LABELS = ['aria-label', 'caption', 'label', 'placeholder', 'reason', 'title'];

/** Texts between tags and in labels that no catalogue translates; code is no text. */
function listBareTexts(): readonly string[] {
  const bare: string[] = [];
  for (const { path, file } of readSources()) {
    const tell = (text: string) => {
      const words = text.trim();
      if (/[a-z]{2}/i.test(words) && !NAMES.test(words)) bare.push(`${path}: ${words}`);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'code') return;
      if (ts.isJsxText(node)) tell(node.text);
      if (ts.isJsxAttribute(node) && LABELS.includes(node.name.getText()) && node.initializer) {
        if (ts.isStringLiteral(node.initializer)) tell(node.initializer.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return bare;
}

/** Each text with a place that shows it: arguments of `t()`, `t.count()`, `key()`, and `<Rich text>`. */
function listUsedTexts(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { path, file } of readSources()) {
    const visit = (node: ts.Node): void => {
      for (const text of toTexts(node)) texts.set(text, path);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return texts;
}

function readSources(): readonly { readonly path: string; readonly file: ts.SourceFile }[] {
  const paths = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path) && !path.startsWith('i18n'),
  );
  return paths.map((path) => ({
    path,
    file: ts.createSourceFile(
      path,
      readFileSync(join(app, path), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    ),
  }));
}

function toTexts(node: ts.Node): string[] {
  if (ts.isCallExpression(node)) {
    const called = node.expression.getText();
    if (called === 't' || called === 'key') return listLiterals(node.arguments[0]);
    if (called === 't.count') {
      const [one, many] = [listLiterals(node.arguments[1]), listLiterals(node.arguments[2])];
      return one.map((text, place) => `${text}|${many[place]}`);
    }
    // `textOf(matches)('Jobs')`
    if (ts.isCallExpression(node.expression) && node.expression.expression.getText() === 'textOf') {
      return listLiterals(node.arguments[0]);
    }
  }
  if (ts.isJsxAttribute(node) && node.name.getText() === 'text' && node.parent.parent.getText().startsWith('<Rich')) {
    return node.initializer ? listLiterals(node.initializer) : [];
  }
  return [];
}

/** The literals an argument may come to: itself, both sides of a choice. */
function listLiterals(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...listLiterals(node.whenTrue), ...listLiterals(node.whenFalse)];
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) return listLiterals(node.expression);
  return [];
}
