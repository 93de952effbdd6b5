import { lineAt } from '../repository/find-line.ts';
import type { Repository } from '../repository/repository.ts';
import { joinUrl } from './join-url.ts';
import type { Route } from './route.ts';
import { stripComments } from './strip-comments.ts';

/**
 * Routes that Rust functions carry as attributes: `#[get("/health")]`; prefixes of a mount in the same file are added.
 */
export function attributeRoutes(repository: Repository, files: readonly string[]): readonly Route[] {
  const sources = files.map((file) => ({ file, text: stripComments(repository.text(file) ?? '', 'slashes') }));
  const mounted = new Map<string, string>();
  for (const { text } of sources) {
    for (const match of text.matchAll(/\.mount\(\s*"([^"]*)"\s*,\s*(?:rocket::)?routes!\[([^\]]*)\]/g)) {
      for (const name of (match[2] ?? '').split(',')) mounted.set(name.trim().split('::').at(-1) ?? '', match[1] ?? '');
    }
    for (const match of text.matchAll(/scope\(\s*"([^"]*)"\s*\)((?:\s*\.service\(\s*[\w:]+\s*\))+)/g)) {
      for (const service of (match[2] ?? '').matchAll(/\.service\(\s*([\w:]+)/g))
        mounted.set(service[1]?.split('::').at(-1) ?? '', match[1] ?? '');
    }
  }
  return sources.flatMap(({ file, text }) =>
    [
      ...text.matchAll(
        /#\[get\(\s*"([^"?]*)[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?fn\s+(\w+)/g,
      ),
    ].map((match) => ({
      path: joinUrl(mounted.get(match[2] ?? '') ?? '', match[1] ?? ''),
      file,
      line: lineAt(text, match.index),
    })),
  );
}
