import { askText, type Page } from './ask-text.ts';

/** A module that a page needs and does not get. */
export interface BrokenModule {
  readonly url: string;
  /** What the server answers in its place. */
  readonly status: number;
}

export interface PageModules {
  /** How many were asked for. */
  readonly count: number;
  readonly broken: readonly BrokenModule[];
}

const SCRIPT = /<script\b[^>]*>/gi;
const IMPORT = /\b(?:import|from)\s*["'](\/[^"'\s]+)["']/g;
/** What a dev server brings itself, and packages: they do not break by an edit. */
const NOT_OURS = /^\/(?:@(?!fs\/)|node_modules\/)|\/node_modules\//;
const MOST_MODULES = 120;
const AT_ONCE = 6;
/** A page that is compiled for the first time may take longer, and is not waited for. */
const LIMIT_MS = 4000;

/**
 * The modules of a page that its server cannot compile or find, although it answers for the page: what the page names
 * as `<script type="module" src=…>`, and what that imports from the server's root, as a compiler writes it. Empty where
 * the page is no HTML, names none, or does not answer in time.
 */
export async function findBrokenModules(page: URL): Promise<PageModules> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const ask = (url: URL): Promise<Page | null> => askText(url, signal);
  if (page.protocol !== 'http:') return NO_MODULES;
  const html = await ask(page);
  if (html === null || html.status >= 400 || !isHtml(html)) return NO_MODULES;
  const entries = entriesOf(html.text, page);
  const known = new Set<string>();
  const broken: BrokenModule[] = [];
  let next = [...entries];
  while (next.length > 0 && known.size < MOST_MODULES) {
    const fresh = [...new Set(next)].filter((url) => !known.has(url)).slice(0, MOST_MODULES - known.size);
    for (const url of fresh) known.add(url);
    next = [];
    for (let index = 0; index < fresh.length; index += AT_ONCE) {
      const found = await Promise.all(
        fresh.slice(index, index + AT_ONCE).map(async (url) => ({ url, answer: await ask(new URL(url)) })),
      );
      for (const { url, answer } of found) {
        if (answer === null) continue;
        if (isBroken(answer, entries.includes(url))) broken.push({ url: withoutQuery(url), status: answer.status });
        else if (answer.status < 400) next.push(...importsOf(answer.text, url));
      }
    }
  }
  return { count: known.size, broken };
}

const NO_MODULES: PageModules = { count: 0, broken: [] };

/** Of what is only imported it takes a server that says so: words in a comment may look like an import. */
function isBroken(answer: Page, isEntry: boolean): boolean {
  return answer.status >= 500 || (isEntry && (answer.status >= 400 || isHtml(answer)));
}

/** What servers hang on it tells browsers from one version to the next. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function isHtml({ type }: Page): boolean {
  return type === 'text/html';
}

function entriesOf(html: string, page: URL): readonly string[] {
  return [...html.matchAll(SCRIPT)].flatMap(([tag]) => {
    if (!/\btype\s*=\s*["']?module\b/i.test(tag)) return [];
    const source = /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag)?.slice(1).find(Boolean);
    return source === undefined ? [] : moduleAt(source.replaceAll('&amp;', '&'), page.href);
  });
}

function importsOf(code: string, from: string): readonly string[] {
  return [...code.matchAll(IMPORT)].flatMap(([, path = '']) => moduleAt(path, from));
}

function moduleAt(path: string, from: string): readonly string[] {
  if (!URL.canParse(path, from)) return [];
  const url = new URL(path, from);
  return url.origin === new URL(from).origin && !NOT_OURS.test(url.pathname) ? [url.href] : [];
}
