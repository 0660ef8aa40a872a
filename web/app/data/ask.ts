import type { AppLoadContext } from '@remix-run/node';
import type { TadaDocumentNode } from 'gql.tada';
import type { QueryResult } from '../../server/query.js';
import { type Moment, parseMoment, toKept, withKept } from '../moment.js';
import type { Files } from '../toFiles.js';
import { toText } from './graphql.js';
import { type Question, toQuestions } from './toQuestions.js';

/** Files of what a query asked for, by its response keys; null: the filter is too long for an address. */
export type Exports = Readonly<Record<string, Files | null>>;

/** What an analyst leaves with: the question that a page was answered by, and the files of the same rows. */
export interface Source extends Question {
  readonly exports?: Exports | undefined;
}

/**
 * One typed question to the API, as of the moment that the page's address names. Throws a Response that the error page understands:
 * 400 when the question was out of range, with the code of the reason where it was the moment, and 503 when there is no answer.
 * The reason itself goes to the server's log, never to the page.
 */
export async function ask<Result, Variables extends Record<string, unknown>>(
  context: AppLoadContext,
  document: TadaDocumentNode<Result, Variables>,
  variables?: Variables,
): Promise<Result> {
  return (await put(context, { query: toText(document), variables: variables ?? {} }, {})).data as Result;
}

/** The same with its source, for pages that show it. */
export async function askWithSource<Result, Variables extends Record<string, unknown>>(
  context: AppLoadContext,
  document: TadaDocumentNode<Result, Variables>,
  variables?: Variables,
): Promise<{ readonly data: Result; readonly source: Source }> {
  const question = { query: toText(document), variables: variables ?? {} };
  const { data, extensions } = await put(context, question, { exports: true });
  return {
    data: data as Result,
    source: { ...toSource(context, question), exports: extensions?.exports as Exports | undefined },
  };
}

/** A question as it is asked as of the page's moment, with files of what it asks for, by its response keys. */
export function toSource(
  context: AppLoadContext,
  question: Question,
  files: Readonly<Record<string, string>> = {},
): Source {
  const [first] = toQuestions(question, getMoment(context));
  const kept = toKept(context.search);
  const exports = Object.entries(files).map(([key, csv]) => [key, { csv: withKept(csv, kept) }] as const);
  return { ...(first ?? question), ...(exports.length > 0 ? { exports: Object.fromEntries(exports) } : {}) };
}

/** For what a page can do without: an answer with errors is the caller's to judge. Rejects when there is none. */
export async function query(
  context: AppLoadContext,
  question: Question,
  options: { readonly exports?: boolean } = {},
): Promise<QueryResult> {
  const parts = toQuestions(question, getMoment(context));
  const answers = await Promise.all(parts.map((part) => context.query(part.query, part.variables, options)));
  const [first = {}, ...others] = answers;
  if (others.length === 0) return first;
  const errors = answers.flatMap((answer) => answer.errors ?? []);
  const isWhole = answers.every(({ data }) => data);
  return {
    ...(isWhole ? { data: Object.assign({}, ...answers.map(({ data }) => data)) } : {}),
    ...(errors.length > 0 ? { errors } : {}),
    ...(first.extensions ? { extensions: first.extensions } : {}),
  };
}

async function put(
  context: AppLoadContext,
  question: Question,
  options: { readonly exports?: boolean },
): Promise<QueryResult> {
  const result = await query(context, question, options).catch((error: unknown) => {
    if (error instanceof Response) throw error;
    context.report(error);
    throw unavailable();
  });
  if (!result.errors?.length && result.data) return result;
  const codes = result.errors?.map(({ extensions }) => String(extensions?.code)) ?? [];
  const reason = codes.find((code) => momentCodes.has(code));
  if (reason) throw outOfRange(reason);
  if (codes.some((code) => readersFaults.has(code))) throw new Response(null, { status: 400 });
  context.report(new Error(result.errors?.map((error) => error.message).join('; ') ?? 'the API answered without data'));
  throw unavailable();
}

/** As the API calls what is wrong with a moment; the error page says what to do about each. */
const momentCodes: ReadonlySet<string> = new Set([
  ...['BLOCK_NOT_INDEXED', 'BLOCK_UNKNOWN', 'BLOCK_PRUNED', 'BLOCK_NOT_FINAL', 'CHAIN_REQUIRED', 'CHAIN_UNKNOWN'],
]);

function getMoment(context: AppLoadContext): Moment {
  const moment = parseMoment(context.search);
  if (!moment) throw outOfRange('MOMENT_UNREADABLE');
  return moment;
}

function outOfRange(reason: string): Response {
  return Response.json({ reason }, { status: 400 });
}

/** What an address that somebody typed or kept may ask for in vain. */
const readersFaults = new Set(['BAD_USER_INPUT', 'BAD_CURSOR', 'CURSOR_MISMATCH']);

function unavailable(): Response {
  return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
}
