import type { Repository } from '../repository/repository.ts';
import { joinUrl } from './join-url.ts';
import type { Route } from './route.ts';
import { stripComments } from './strip-comments.ts';

/** GET routes of languages with `do … end` blocks (Ruby, Elixir): the indentation tells which prefixes stand around. */
export function blockRoutes(repository: Repository, files: readonly string[]): readonly Route[] {
  return files.flatMap((file) => {
    const text = repository.text(file);
    return text === undefined ? [] : readBlocks(file, stripComments(text, 'hash'));
  });
}

function readBlocks(file: string, text: string): readonly Route[] {
  const open: { indent: number; prefix: string }[] = [];
  const routes: Route[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const scope =
      /^\s*(?:scope|namespace|path|map|route|version|prefix)\b\s*\(?\s*(?:path:\s*)?(?:["']([^"']*)["']|:(\w+))/.exec(
        line,
      );
    if (scope !== null && /\bdo\b|\{\s*$/.test(line)) {
      open.push({ indent, prefix: scope[1] ?? `/${scope[2]}` });
      continue;
    }
    const route = /^\s*(?:get|match|forward|live|health_check)\b\s*\(?\s*(?:["']([^"']*)["']|:(\w+)\s+(?:do|=>))/.exec(
      line,
    );
    if (route === null) continue;
    const path = open.reduce((prefix, block) => joinUrl(prefix, block.prefix), '');
    routes.push({ path: joinUrl(path, route[1] ?? route[2] ?? ''), file, line: index + 1 });
  }
  return routes;
}
