import { lineAt } from '../../repository/find-line.ts';
import { sequence } from '../join-patterns.ts';
import { joinUrl } from '../join-url.ts';
import type { RouteWords } from './route-words.ts';

/** A route with the prefixes that stand around it in its own file. */
export interface BracketRoute {
  readonly path: string;
  readonly line: number;
  /** The function that registers it. */
  readonly within: string | null;
}

/** What a file says of routes: those it registers, and the names that it uses inside a prefixed group. */
export interface BracketFile {
  readonly routes: readonly BracketRoute[];
  readonly uses: readonly { readonly name: string; readonly prefix: string }[];
}

/** One open bracket. */
interface Frame {
  /** Given by a call in the chain before it. */
  prefix: string;
  /** Given by the call whose bracket it is. */
  base: string;
}

interface Reading {
  readonly text: string;
  readonly words: RouteWords;
  readonly frames: Frame[];
  /** Prefixes of groups that were assigned to a variable. */
  readonly variables: Map<string, string>;
  readonly definitions: readonly { readonly index: number; readonly name: string }[];
  readonly routes: BracketRoute[];
  readonly uses: { readonly name: string; readonly prefix: string }[];
}

const TOKEN =
  /"(?<quoted>(?:[^"\\\n]|\\.)*)"|`(?<raw>[^`]*)`|(?<name>[A-Za-z_]\w*)|(?<open>[([{])|(?<close>[)\]}])|(?<end>[;,])/g;
/** The call whose path follows; Go's `Handle("GET", …)` and `Match([]string{"GET"}, …)` have the method first. */
const METHOD = /(?:(?:\[\]string\{[^}]*"GET"[^}]*\}|"GET"|http\.MethodGet)\s*,\s*)?/;
const CALL = sequence([/(?:([A-Za-z_]\w*)\s*\.\s*)?([A-Za-z_]\w*)!?(?:<[^>()]*>)?\s*\(\s*/, METHOD, /(?:&|@)?$/]);
/** Finds a call that would count; a text without one has neither routes nor prefixes. */
export function callPattern({ route, around, chained, assigned }: RouteWords): RegExp {
  const names = [...new Set([...route, ...around, ...chained, ...assigned])].join('|');
  return sequence([new RegExp(`\\b(?:${names})!?(?:<[^>()]*>)?\\s*\\(\\s*`), METHOD, /(?:&|@)?["`]/]);
}

/** How far in front of a text the call that it belongs to is looked for. */
const REACH = 160;

/** Reads a source text without comments, keeping count of the brackets and the prefixes that they stand under. */
export function readBrackets(text: string, words: RouteWords): BracketFile {
  const definitions = [...text.matchAll(words.definition)].map(({ index, 1: name = '' }) => ({ index, name }));
  const frames: Frame[] = [{ prefix: '', base: '' }];
  const reading: Reading = { text, words, frames, variables: new Map(), definitions, routes: [], uses: [] };
  for (const match of text.matchAll(TOKEN)) {
    const { quoted, raw, name, open, close, end } = match.groups ?? {};
    const value = quoted ?? raw;
    if (name !== undefined) readName(reading, name, match.index);
    else if (open !== undefined) frames.push({ prefix: '', base: '' });
    else if (close !== undefined) frames.length = Math.max(1, frames.length - 1);
    else if (end !== undefined) endChain(frames.at(-1));
    else if (value !== undefined) readText(reading, value, match.index);
  }
  return reading;
}

function endChain(frame: Frame | undefined): void {
  if (frame !== undefined) frame.prefix = '';
}

/** A name that is called or handed over inside a prefixed group may be a function that registers routes there. */
function readName({ text, frames, uses }: Reading, name: string, index: number): void {
  const prefix = prefixOf(frames);
  const end = index + name.length;
  if (prefix !== '' && /^\s*[(),]/.test(text.slice(end, end + 3))) uses.push({ name, prefix });
}

function readText(reading: Reading, value: string, index: number): void {
  const { text, words, frames, variables, definitions, routes } = reading;
  const path = value.replace(/^(GET|HEAD|ANY)\s+/i, '').replace(/^[\w.-]*(?=\/)/, '');
  if (!path.startsWith('/') && value !== '') return;
  const before = text.slice(Math.max(0, index - REACH), index);
  const call = CALL.exec(before);
  const frame = frames.at(-1);
  const outer = frames.at(-2);
  if (frame === undefined || call === null) return;
  const [, receiver = '', name = ''] = call;
  if (words.around.includes(name)) frame.base = path;
  if (words.chained.includes(name) && outer !== undefined) outer.prefix += path;
  if (words.assigned.includes(name)) rememberGroup(variables, before, path);
  if (!words.route.includes(name) || /^(POST|PUT|PATCH|DELETE)\s/.test(value)) return;
  const prefix = prefixOf(frames.slice(0, -1)) + (variables.get(receiver) ?? '');
  const within = definitions.findLast((definition) => definition.index < index)?.name ?? null;
  // A group's own `/` is that path with a slash, and nothing else answers there.
  const slash = path === '/' && variables.has(receiver) ? '/' : '';
  routes.push({ path: joinUrl(prefix, path) + slash, line: lineAt(text, index), within });
}

/** `api := r.Group("/api")`: the group's own prefix comes behind that of what it is made of. */
function rememberGroup(variables: Map<string, string>, before: string, path: string): void {
  const assignment =
    /(?:var|let|const|auto)?\s*([A-Za-z_]\w*)\s*:?=\s*(?:await\s+)?([A-Za-z_]\w*)\s*\.\s*\w+\s*\(\s*$/.exec(before);
  if (assignment === null) return;
  const [, name = '', parent = ''] = assignment;
  variables.set(name, (variables.get(parent) ?? '') + path);
}

function prefixOf(frames: readonly Frame[]): string {
  return frames.map(({ base, prefix }) => base + prefix).join('');
}
