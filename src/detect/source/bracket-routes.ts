import { lineAt } from '../repository/find-line.ts';
import type { Repository } from '../repository/repository.ts';
import { joinUrl } from './join-url.ts';
import type { Route } from './route.ts';
import { stripComments } from './strip-comments.ts';

/** How a language with brackets registers routes; names of functions and methods. */
export interface RouteWords {
  /** Register a path for GET: `Get`, `HandleFunc`, `route`. */
  readonly route: readonly string[];
  /** Give a prefix to what stands inside the call: `Route("/api", func(r) { … })`. */
  readonly around: readonly string[];
  /** Give a prefix to what follows in the chain: `scope("/api").route(…)`. */
  readonly chained: readonly string[];
  /** Give a prefix to the variable they are assigned to: `api := r.Group("/api")`. */
  readonly assigned: readonly string[];
  readonly definition: RegExp;
}

interface Found {
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly within: string | null;
}

interface Frame {
  prefix: string;
  base: string;
}

/** The routes of source files in Go, Rust, C# or PHP, prefixes of the groups around them included. */
export function bracketRoutes(repository: Repository, files: readonly string[], words: RouteWords): readonly Route[] {
  const routes: Found[] = [];
  const calledUnder = new Map<string, Set<string>>();
  for (const file of files) {
    const text = repository.text(file);
    if (text !== undefined) readFile(file, stripComments(text, 'slashes'), words, routes, calledUnder);
  }
  return routes.flatMap(({ path, file, line, within }) =>
    callerPrefixes(within, calledUnder).map((prefix) => ({ path: joinUrl(prefix, path), file, line })),
  );
}

/** A function that registers routes may itself be called inside a prefixed group, anywhere. */
function callerPrefixes(name: string | null, calledUnder: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const prefixes = name === null ? undefined : calledUnder.get(name);
  return prefixes === undefined || prefixes.size === 0 ? [''] : [...prefixes];
}

const TOKEN = /"((?:[^"\\\n]|\\.)*)"|`([^`]*)`|([A-Za-z_]\w*)|([([{])|([)\]}])|([;,\n])|(?::?=)/g;

function readFile(
  file: string,
  text: string,
  words: RouteWords,
  routes: Found[],
  calledUnder: Map<string, Set<string>>,
): void {
  const frames: Frame[] = [{ prefix: '', base: '' }];
  const variables = new Map<string, string>();
  const definitions = [...text.matchAll(words.definition)].map((match) => ({
    index: match.index,
    name: match[1] ?? '',
  }));
  let names: { name: string; index: number }[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const frame = frames.at(-1) ?? { prefix: '', base: '' };
    const value = match[1] ?? match[2];
    if (match[3] !== undefined) {
      names = [...names.slice(-6), { name: match[3], index: match.index }];
      const prefix = frames.map((above) => above.base + above.prefix).join('');
      if (
        prefix !== '' &&
        /^\s*(?:\(|\)|,)/.test(text.slice(match.index + match[3].length, match.index + match[3].length + 3))
      ) {
        calledUnder.set(match[3], (calledUnder.get(match[3]) ?? new Set()).add(prefix));
      }
    } else if (match[4] !== undefined) frames.push({ prefix: '', base: '' });
    else if (match[5] !== undefined) {
      if (frames.length > 1) frames.pop();
    } else if (match[6] === ';' || match[6] === ',') frame.prefix = '';
    else if (value !== undefined) readText(value, match.index);
  }

  function readText(value: string, index: number): void {
    const call = /(?:([A-Za-z_]\w*)\s*\.\s*)?([A-Za-z_]\w*)!?(?:<[^>()]*>)?\s*\(\s*(?:&|@)?$/.exec(
      text.slice(Math.max(0, index - 120), index),
    );
    const name = call?.[2] ?? '';
    const frame = frames.at(-1);
    const outer = frames.at(-2);
    if (frame === undefined || call === null) return;
    const path = value.replace(/^(GET|HEAD|ANY)\s+/i, '').replace(/^[\w.-]*(?=\/)/, '');
    const isPath = path.startsWith('/') || value === '';
    if (isPath && words.around.includes(name)) frame.base = path;
    if (isPath && words.chained.includes(name) && outer !== undefined) outer.prefix += path;
    if (isPath && words.assigned.includes(name)) {
      const assignment =
        /(?:var|let|const|auto)?\s*([A-Za-z_]\w*)\s*:?=\s*(?:await\s+)?([A-Za-z_]\w*)\s*\.\s*\w+\s*\(\s*$/.exec(
          text.slice(Math.max(0, index - 160), index),
        );
      if (assignment !== null) variables.set(assignment[1] ?? '', (variables.get(assignment[2] ?? '') ?? '') + path);
    }
    if (!isPath || !words.route.includes(name) || /^(POST|PUT|PATCH|DELETE)\s/.test(value)) return;
    const prefix =
      frames
        .slice(0, -1)
        .map((above) => above.base + above.prefix)
        .join('') + (variables.get(call[1] ?? '') ?? '');
    const within = definitions.findLast((definition) => definition.index < index)?.name ?? null;
    routes.push({ path: joinUrl(prefix, path), file, line: lineAt(text, index), within });
  }
}

export const GO_WORDS: RouteWords = {
  route: ['Get', 'GET', 'Handle', 'HandleFunc', 'Heartbeat', 'Path', 'Any', 'Head', 'handleFunc', 'handle'],
  around: ['Route'],
  chained: ['PathPrefix'],
  assigned: ['Group', 'PathPrefix', 'Party'],
  definition: /\bfunc\s+(?:\([^)]*\)\s*)?(\w+)\s*\(/g,
};

export const RUST_WORDS: RouteWords = {
  route: ['route', 'get', 'resource', 'at', 'path', 'to'],
  around: ['nest', 'scope_fn'],
  chained: ['scope'],
  assigned: [],
  definition: /\bfn\s+(\w+)\s*[(<]/g,
};

export const CSHARP_WORDS: RouteWords = {
  route: ['MapGet', 'MapHealthChecks', 'Map', 'UseHealthChecks', 'HttpGet', 'Route'],
  around: [],
  chained: [],
  assigned: ['MapGroup'],
  definition: /\b(?:void|Task|IActionResult|IEndpointRouteBuilder|WebApplication)\s+(\w+)\s*\(/g,
};
